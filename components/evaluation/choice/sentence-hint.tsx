"use client";

import { Lightbulb } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { scorerOfSentences } from "@/runtime/eval/scorers/strict-scorers";
import { useReportLocale } from "../use-report-locale";

interface SentenceHintProps {
  /** Answers that say the label and more, of how many. */
  readonly sentences: number;
  readonly looked: number;
  readonly example: { readonly answer: string; readonly label: string };
  /** Takes the scorer that looks for the label within the answer. */
  readonly onChange: (type: string) => void;
}

/** Says that an exact scorer would call right answers wrong, and changes it with one click. */
export function SentenceHint({ sentences, looked, example, onChange }: SentenceHintProps) {
  const t = useTranslations("evaluation.sentences");
  const locale = useReportLocale();
  const scorer = findScorer(scorerOfSentences)?.title[locale] ?? scorerOfSentences;
  return (
    <div
      role="note"
      data-testid="sentence-hint"
      className="flex items-start gap-2 rounded-md bg-warn-soft px-3 py-2 text-sm text-warn"
    >
      <Lightbulb aria-hidden="true" className="mt-0.5 size-4 shrink-0" />
      <p className="min-w-0 flex-1 break-words">{t("found", { sentences, looked, ...example })}</p>
      <Button size="sm" className="shrink-0" onClick={() => onChange(scorerOfSentences)}>
        {t("change", { scorer })}
      </Button>
    </div>
  );
}
