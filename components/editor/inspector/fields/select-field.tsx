import { Select, SelectItem } from "@/components/ui/select";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";

export function SelectField({ field, value, onChange, control, disabled }: FieldProps) {
  const locale = useInterfaceLocale();
  const shown = typeof value === "string" ? value : typeof field.initial === "string" ? field.initial : "";
  return (
    <Select {...control} value={shown} onValueChange={onChange} disabled={disabled}>
      {field.choices.map((choice) => (
        <SelectItem key={choice} value={choice}>
          {field.options?.[choice]?.[locale] ?? choice}
        </SelectItem>
      ))}
    </Select>
  );
}
