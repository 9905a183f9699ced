"use client";

import { ChevronRight, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import type { AnyScorer } from "@/runtime/eval/contract/scorer";
import { SentenceHint } from "../choice/sentence-hint";
import type { FoundSentences } from "../choice/use-sentences";
import { useReportLocale } from "../use-report-locale";
import { ScorerDetail, settableOf } from "./scorer-detail";
import type { ScorerForm } from "./set-up-form";

interface ScorerCardProps {
  readonly scorer: ScorerForm;
  readonly definition: AnyScorer;
  readonly outputs: readonly string[];
  readonly expected: readonly string[];
  readonly problem: string | undefined;
  readonly sentences: FoundSentences | undefined;
  readonly onChange: (changes: Partial<ScorerForm>) => void;
  /** Takes another scorer in its place. */
  readonly onReplace: (type: string) => void;
  readonly onRemove: () => void;
}

/** One scorer: what it does, and its settings where it has any. */
export function ScorerCard(props: ScorerCardProps) {
  const { scorer, definition, outputs, expected, problem, sentences, onChange, onReplace, onRemove } = props;
  const t = useTranslations("experiments.setUp");
  const locale = useReportLocale();
  const asked = { scorer, definition, outputs, expected };
  const settable = settableOf(asked);
  const { issues, choosesOutput, choosesExpected, anything } = settable;
  const [opened, setOpened] = useState(false);
  const open =
    anything && (opened || issues.length > 0 || (problem !== undefined && (choosesOutput || choosesExpected)));
  return (
    <li className="flex flex-col">
      <div className="flex items-start gap-2 px-3 py-2.5">
        <button
          type="button"
          aria-expanded={open}
          aria-label={t("scorerSettings", { scorer: definition.title[locale] })}
          disabled={!anything}
          onClick={() => setOpened(!open)}
          className="mt-0.5 flex size-5 shrink-0 items-center justify-center rounded-sm text-faint hover:text-fg disabled:invisible"
        >
          <ChevronRight className={cn("size-3.5 transition-transform", open && "rotate-90")} />
        </button>
        <div className="min-w-0 flex-1">
          <p className="flex flex-wrap items-center gap-2 font-medium text-sm">
            {definition.title[locale]}
            {definition.asksModel ? <Badge tone="outline">{t("asksModel")}</Badge> : null}
            {definition.judge ? <Badge tone="warn">{t("judge")}</Badge> : null}
            {definition.asksPerson ? <Badge tone="outline">{t("asksPerson")}</Badge> : null}
          </p>
          <p className="text-muted text-xs">{definition.summary[locale]}</p>
          {problem ? (
            <p role="alert" className="mt-1 text-error text-xs">
              {problem}
            </p>
          ) : null}
        </div>
        <IconButton label={t("removeScorer", { scorer: definition.title[locale] })} size="sm" onClick={onRemove}>
          <Trash2 />
        </IconButton>
      </div>
      {sentences ? (
        <div className="px-10 pb-3">
          <SentenceHint {...sentences} onChange={onReplace} />
        </div>
      ) : null}
      {open ? (
        <div className="flex flex-col gap-3 border-line border-t bg-page px-10 py-3">
          <ScorerDetail {...asked} settable={settable} onChange={onChange} />
        </div>
      ) : null}
    </li>
  );
}
