import { useTranslations } from "next-intl";
import { shorten } from "@/components/run/value-text";
import type { FieldProps } from "./field-props";
import { RowsField } from "./rows-field";

export function FewShotField(props: FieldProps) {
  const t = useTranslations("editor.list");
  return (
    <RowsField
      {...props}
      addLabel={t("addExample")}
      summary={(item) =>
        Object.values(item)
          .map((text) => shorten(String(text).replace(/\s+/gu, " "), 40))
          .join(" → ")
      }
    />
  );
}
