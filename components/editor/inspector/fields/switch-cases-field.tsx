import { useTranslations } from "next-intl";
import { describeCase, type SwitchCase, switchCase } from "@/nodes/lib/switch-case";
import type { FieldProps } from "./field-props";
import { freshName, RowsField } from "./rows-field";

export function SwitchCasesField(props: FieldProps) {
  const t = useTranslations("editor.list");
  return (
    <RowsField
      {...props}
      addLabel={t("addCase")}
      newItem={(items) => ({ name: freshName("case", items), test: "equals", value: "" })}
      summary={(item) => {
        const parsed = switchCase.safeParse(item);
        return parsed.success ? summaryOf(parsed.data) : String(item.name ?? "");
      }}
    />
  );
}

const summaryOf = (item: SwitchCase): string => `${item.name} · ${describeCase(item)}`;
