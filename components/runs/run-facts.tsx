"use client";

import { useLocale, useTranslations } from "next-intl";
import { TriedVariants } from "@/components/run/tried-variants";
import { stepLooks } from "@/components/trace/trace-waterfall";
import type { RouterOutputs } from "@/components/trpc/client";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { isLocale } from "@/i18n/locale";
import { catalog } from "@/nodes/index";
import type { GraphDocument } from "@/runtime/graph/document";
import type { RunEvent, RunVariant } from "@/runtime/run/events";
import { RunStatusGlyph } from "./run-status-glyph";

interface RunFactsProps {
  readonly summary: RouterOutputs["run"]["get"]["summary"];
  readonly running: boolean;
  readonly variants: readonly RunVariant[];
  readonly document: GraphDocument;
}

/** Read off the run's beginning. */
export const triedVariants = ([first]: readonly RunEvent[]): readonly RunVariant[] =>
  (first?.type === "run-start" && first.variants) || [];

/** How it went, in one line. */
export function RunFacts({ summary, running, variants, document }: RunFactsProps) {
  const t = useTranslations("runs");
  const current = useLocale();
  const lookOf = stepLooks(document, catalog, isLocale(current) ? current : "en");
  return (
    <span className="flex min-w-0 items-center gap-3 whitespace-nowrap text-muted text-sm">
      <RunStatusGlyph status={running ? "running" : summary.status} reply={summary.replyOutcome} />
      <TriedVariants variants={variants} lookOf={lookOf} />
      <RelativeTime date={summary.startedAt} />
      {running ? null : (
        <>
          <Duration ms={summary.durationMs} />
          {summary.inputTokens + summary.outputTokens + summary.uncountedCalls > 0 ? (
            <Tokens input={summary.inputTokens} output={summary.outputTokens} uncounted={summary.uncountedCalls} />
          ) : null}
          <Money microUsd={summary.costMicroUsd} />
        </>
      )}
      <span className="max-xl:hidden">{t("revisionOf", { number: summary.revisionNumber })}</span>
      <span className="max-xl:hidden">{t(`triggered.${summary.trigger}`)}</span>
    </span>
  );
}
