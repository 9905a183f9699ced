import { useTranslations } from "next-intl";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

const files = ["image", "audio", "file"];

/** Settings that only some kinds of input have. */
const kindsOf: Readonly<Record<string, readonly string[]>> = {
  maxLength: ["text"],
  minimum: ["number"],
  maximum: ["number"],
  options: ["choice"],
  maxMegabytes: files,
  accept: files,
  default: ["text", "number", "choice", "json"],
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
      visible={({ name }, item) => kindsOf[name]?.includes(String(item.kind ?? "text")) ?? true}
      summary={({ name, kind, required }) =>
        [String(name ?? ""), kinds?.[String(kind ?? "text")]?.[locale], required === false ? t("optional") : ""]
          .filter(Boolean)
          .join(" · ")
      }
    />
  );
}
