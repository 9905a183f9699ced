import { useTranslations } from "next-intl";
import type { InputField } from "@/runtime/node/define-node";
import { NameField } from "../name-field";

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
          <NameField
            key={name}
            label={title || name}
            names={columns}
            value={chosen[name] ?? (columns.includes(name) ? name : null)}
            placeholder={t("noColumn")}
            error={problemOf?.(name)}
            onChange={(column) => onChange({ ...chosen, [name]: column })}
          />
        ))}
      </div>
    </div>
  );
}
