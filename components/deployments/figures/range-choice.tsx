"use client";

import { useTranslations } from "next-intl";
import { Segmented } from "@/components/ui/segmented";
import { type Range, ranges } from "./period";

interface RangeChoiceProps {
  readonly range: Range;
  readonly onRange: (range: Range) => void;
}

export function RangeChoice({ range, onRange }: RangeChoiceProps) {
  const t = useTranslations("deployments.figures");
  return (
    <Segmented
      label={t("range")}
      value={range}
      onValueChange={onRange}
      options={ranges.map((value) => ({ value, label: t(`days.${value}`) }))}
    />
  );
}
