import { Input } from "@/components/ui/input";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";

export function TextField({ field, value, onChange, control, disabled }: FieldProps) {
  const locale = useInterfaceLocale();
  return (
    <Input
      {...control}
      value={typeof value === "string" ? value : ""}
      placeholder={field.placeholder?.[locale]}
      maxLength={field.maxLength}
      disabled={disabled}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
