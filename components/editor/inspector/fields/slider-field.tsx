import { Slider } from "@/components/ui/slider";
import type { FieldProps } from "./field-props";
import { NumberField } from "./number-field";

export function SliderField(props: FieldProps) {
  const { field, value, onChange, label, disabled } = props;
  const shown = typeof value === "number" ? value : typeof field.initial === "number" ? field.initial : 0;
  return (
    <div className="flex items-center gap-3">
      <Slider
        label={label}
        min={field.minimum ?? 0}
        max={field.maximum ?? 1}
        step={field.step ?? 0.1}
        value={[shown]}
        disabled={disabled}
        onValueChange={([next]) => {
          if (next !== undefined) onChange(Number(next.toPrecision(12)));
        }}
      />
      <NumberField {...props} className="w-16 shrink-0" />
    </div>
  );
}
