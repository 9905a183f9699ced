import { useTranslations } from "next-intl";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

/** Settings that only one kind of input has. */
const kindOf: Readonly<Record<string, string>> = {
  maxLength: "text",
  minimum: "number",
  maximum: "number",
  options: "choice",
};

export function InputFieldsField(props: FieldProps) {
  const t = useTranslations("editor.list");
  const locale = useInterfaceLocale();
  const kinds = props.field.item.find(({ name }) => name === "kind")?.options;
  return (
    <RowsField
      {...props}
      addLabel={t("addField")}
      newItem={(items) => ({ name: freshName("field", items), title: "", kind: "text", required: true, help: "" })}
      visible={({ name }, item) => !Object.hasOwn(kindOf, name) || kindOf[name] === (item.kind ?? "text")}
      summary={({ name, kind, required }) =>
        [String(name ?? ""), kinds?.[String(kind ?? "text")]?.[locale], required === false ? t("optional") : ""]
          .filter(Boolean)
          .join(" · ")
      }
    />
  );
}
