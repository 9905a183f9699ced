import { Checkbox } from "@/components/ui/checkbox";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";

/** Any number of a few fixed choices. They keep the order in which the schema names them. */
export function ChoicesField({ field, value, onChange, control, label, disabled }: FieldProps) {
  const locale = useInterfaceLocale();
  const given = Array.isArray(value) ? value : field.initial;
  const chosen = new Set(Array.isArray(given) ? given.map(String) : []);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset needs a legend, and the label stands above already.
    <div id={control.id} role="group" aria-label={label} className="flex flex-wrap gap-x-4 gap-y-1.5">
      {field.choices.map((choice) => (
        // biome-ignore lint/a11y/noLabelWithoutControl: the checkbox inside is a control.
        <label key={choice} className="flex items-center gap-1.5 text-sm">
          <Checkbox
            checked={chosen.has(choice)}
            disabled={disabled}
            onCheckedChange={(checked) =>
              onChange(field.choices.filter((each) => (each === choice ? checked === true : chosen.has(each))))
            }
          />
          {field.options?.[choice]?.[locale] ?? choice}
        </label>
      ))}
    </div>
  );
}
