import { useTranslations } from "next-intl";
import { useInterfaceLocale } from "../../workbench";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

/** The tools of an agent, each folded to one line. */
export function AgentToolsField(props: FieldProps) {
  const t = useTranslations("editor.agentTools");
  const locale = useInterfaceLocale();
  const labelOf = (field: string, value: unknown): string =>
    props.field.item.find(({ name }) => name === field)?.options?.[String(value)]?.[locale] ?? "";
  return (
    <RowsField
      {...props}
      addLabel={t("add")}
      newItem={(items) => ({ name: freshName("tool", items), description: "", kind: "http" })}
      summary={({ name, kind = "http", policy = "auto" }) =>
        [name, labelOf("kind", kind), policy === "auto" ? "" : labelOf("policy", policy)]
          .filter((part) => part !== "" && part !== undefined)
          .join(" · ")
      }
    />
  );
}
