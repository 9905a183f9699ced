import { useTranslations } from "next-intl";
import { Select, SelectItem } from "@/components/ui/select";
import { useInterfaceLocale } from "../workbench";
import { comparers } from "./answer-mark";
import { useCompareState } from "./use-compare";
import { useComparer } from "./use-comparer";

/** By what answers are told right from wrong; there only where something is expected. */
export function ScorerSelect() {
  const t = useTranslations("editor.compare");
  const locale = useInterfaceLocale();
  const { scorer, choose } = useComparer();
  const anyExpected = useCompareState(({ cases }) => cases.some(({ expected }) => expected.trim() !== ""));
  if (!anyExpected) return null;
  return (
    <span className="flex items-center gap-2 text-muted text-sm">
      <span aria-hidden="true">{t("rightBy")}</span>
      <Select aria-label={t("rightBy")} className="w-44" value={scorer.type} onValueChange={choose}>
        {comparers.map(({ type, title }) => (
          <SelectItem key={type} value={type}>
            {title[locale]}
          </SelectItem>
        ))}
      </Select>
    </span>
  );
}
