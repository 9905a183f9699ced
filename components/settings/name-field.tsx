import { FormField } from "@/components/ui/form-field";
import { Input } from "@/components/ui/input";

interface NameFieldProps {
  readonly label: string;
  readonly help: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** What something of the workspace is called: up to 80 characters, not blanks alone. */
export function NameField({ label, help, value, onChange }: NameFieldProps) {
  return (
    <FormField label={label} help={help}>
      {(control) => (
        <Input
          {...control}
          value={value}
          required
          pattern=".*\S.*"
          maxLength={80}
          autoComplete="off"
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </FormField>
  );
}
