import { Switch } from "@/components/ui/switch";
import type { FieldProps } from "./field-props";

export function SwitchField({ field, value, onChange, control, disabled }: FieldProps) {
  return (
    <Switch
      {...control}
      checked={typeof value === "boolean" ? value : field.initial === true}
      disabled={disabled}
      onCheckedChange={onChange}
    />
  );
}
