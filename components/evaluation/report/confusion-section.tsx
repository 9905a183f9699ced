"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { ConfusionMatrix } from "@/components/confusion/confusion-matrix";
import { Section } from "@/components/shell/section";
import { Segmented } from "@/components/ui/segmented";
import type { Report } from "@/runtime/eval/contract/report";
import type { ConfusedLabels } from "../cases/confused-labels";

/** In place of all labels beyond those that a matrix has room for. */
const foldedLabel = "…";

interface ConfusionSectionProps {
  readonly report: Report;
  /** Shows the cases behind a cell; left out where nobody may see them. */
  readonly onOpen?: ((labels: ConfusedLabels) => void) | undefined;
}

/** Which labels are taken for which, for one variant at a time. Right answers lie on the diagonal. */
export function ConfusionSection({ report, onOpen }: ConfusionSectionProps) {
  const t = useTranslations("experiments.result");
  const [chosen, setChosen] = useState<number | null>(null);
  const shown = report.confusion.find(({ variant }) => variant === chosen) ?? report.confusion[0];
  if (shown === undefined) return null;
  const own = report.confusion.filter(({ scorerId }) => scorerId === shown.scorerId);
  return (
    <Section
      title={t("confusion")}
      description={t("confusionHelp")}
      aside={
        own.length > 1 ? (
          <Segmented
            label={t("variant")}
            value={String(shown.variant)}
            onValueChange={(value) => setChosen(Number(value))}
            options={own.map(({ variant }) => ({
              value: String(variant),
              label: report.variants[variant]?.label ?? "",
            }))}
          />
        ) : undefined
      }
    >
      <ConfusionMatrix
        labels={shown.labels}
        counts={shown.counts}
        folded={new Set(shown.labels.flatMap((label, place) => (label === foldedLabel ? [place] : [])))}
        onOpen={
          onOpen &&
          ((actual, predicted) =>
            onOpen({
              scorer: shown.scorerId,
              variant: shown.variant,
              actual: shown.labels[actual] ?? "",
              predicted: shown.labels[predicted] ?? "",
            }))
        }
      />
    </Section>
  );
}
