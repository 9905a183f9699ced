"use client";

import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { statusGlyphs } from "./run-filter";

interface RunFactsProps {
  readonly summary: RouterOutputs["run"]["get"]["summary"];
  readonly running: boolean;
}

/** How it went, in one line. */
export function RunFacts({ summary, running }: RunFactsProps) {
  const t = useTranslations("runs");
  return (
    <span className="flex min-w-0 items-center gap-3 whitespace-nowrap text-muted text-sm">
      <StatusGlyph status={running ? "running" : statusGlyphs[summary.status]} word />
      <RelativeTime date={summary.startedAt} />
      {running ? null : (
        <>
          <Duration ms={summary.durationMs} />
          {summary.inputTokens + summary.outputTokens > 0 ? (
            <Tokens input={summary.inputTokens} output={summary.outputTokens} />
          ) : null}
          <Money microUsd={summary.costMicroUsd} />
        </>
      )}
      <span className="max-xl:hidden">{t("revisionOf", { number: summary.revisionNumber })}</span>
      <span className="max-xl:hidden">{t(`triggered.${summary.trigger}`)}</span>
    </span>
  );
}
