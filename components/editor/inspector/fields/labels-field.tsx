import { useTranslations } from "next-intl";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

export function LabelsField(props: FieldProps) {
  const t = useTranslations("editor.list");
  return (
    <RowsField
      {...props}
      addLabel={t("addLabel")}
      newItem={(items) => ({ name: freshName("label", items), examples: [""] })}
      summary={({ name, examples }) =>
        `${String(name ?? "")} · ${t("examples", { count: Array.isArray(examples) ? examples.length : 0 })}`
      }
    />
  );
}
