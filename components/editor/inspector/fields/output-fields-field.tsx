import { useTranslations } from "next-intl";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

export function OutputFieldsField(props: FieldProps) {
  const t = useTranslations("editor.list");
  return (
    <RowsField
      {...props}
      addLabel={t("addResult")}
      newItem={(items) => ({ name: freshName("result", items), title: "" })}
      summary={({ name, title }) => [String(name ?? ""), String(title ?? "")].filter(Boolean).join(" · ")}
    />
  );
}
