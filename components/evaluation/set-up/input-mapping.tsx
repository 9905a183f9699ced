import { useTranslations } from "next-intl";
import { FormField } from "@/components/ui/form-field";
import { Select, SelectItem } from "@/components/ui/select";
import type { InputField } from "@/runtime/node/define-node";

interface InputMappingProps {
  readonly inputs: readonly InputField[];
  /** Names of the dataset's input columns. */
  readonly columns: readonly string[];
  /** Pipeline input by name -> column, where they are not called the same. */
  readonly chosen: Readonly<Record<string, string>>;
  readonly problemOf?: (input: string) => string | undefined;
  readonly onChange: (chosen: Readonly<Record<string, string>>) => void;
}

/** Which column of the dataset feeds which input of the pipeline. */
export function InputMapping({ inputs, columns, chosen, problemOf, onChange }: InputMappingProps) {
  const t = useTranslations("experiments.setUp");
  return (
    <div className="flex flex-col gap-2">
      <p className="font-medium text-sm">{t("mapping")}</p>
      <div className="grid gap-2 sm:grid-cols-2">
        {inputs.map(({ name, title }) => (
          <FormField key={name} label={title || name} error={problemOf?.(name)}>
            {(control) => (
              <Select
                {...control}
                placeholder={t("noColumn")}
                value={chosen[name] ?? (columns.includes(name) ? name : "")}
                onValueChange={(column) => onChange({ ...chosen, [name]: column })}
              >
                {columns.map((column) => (
                  <SelectItem key={column} value={column}>
                    {column}
                  </SelectItem>
                ))}
              </Select>
            )}
          </FormField>
        ))}
      </div>
    </div>
  );
}
