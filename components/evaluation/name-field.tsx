import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";

interface NameFieldProps {
  readonly label: string;
  readonly names: readonly string[];
  /** null: none chosen yet. */
  readonly value: string | null;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly className?: string;
  readonly onChange: (name: string) => void;
}

/** One of the names that columns or outputs have. */
export function NameField({ label, names, value, placeholder, error, className, onChange }: NameFieldProps) {
  return (
    <FormField label={label} error={error} className={className}>
      {(control) => (
        <Select {...control} placeholder={placeholder} value={value ?? ""} onValueChange={onChange}>
          {names.map((name) => (
            <SelectItem key={name} value={name}>
              {name}
            </SelectItem>
          ))}
        </Select>
      )}
    </FormField>
  );
}
