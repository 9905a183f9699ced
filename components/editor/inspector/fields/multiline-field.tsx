import { Textarea } from "@/components/ui/textarea";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";

export function MultilineField({ field, value, onChange, control, disabled }: FieldProps) {
  const locale = useInterfaceLocale();
  return (
    <Textarea
      {...control}
      value={typeof value === "string" ? value : ""}
      placeholder={field.placeholder?.[locale]}
      maxLength={field.maxLength}
      disabled={disabled}
      className="min-h-10"
      onChange={(event) => onChange(event.target.value)}
    />
  );
}
