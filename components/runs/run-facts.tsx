"use client";

import Link from "next/link";
import { useTranslations } from "next-intl";
import type { RouterOutputs } from "@/components/trpc/client";
import { Duration, Money, Tokens } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import type { RunEvent, RunVariant } from "@/runtime/run/events";
import { RunStatusGlyph } from "./run-status-glyph";

interface RunFactsProps {
  readonly summary: RouterOutputs["run"]["get"]["summary"];
  readonly running: boolean;
}

/** Read off the run's beginning. */
export const triedVariants = ([first]: readonly RunEvent[]): readonly RunVariant[] =>
  (first?.type === "run-start" && first.variants) || [];

/** How it went, in one line. */
export function RunFacts({ summary, running }: RunFactsProps) {
  const t = useTranslations("runs");
  const versions = useTranslations("editor.versions");
  return (
    <span className="flex min-w-0 items-center gap-3 whitespace-nowrap text-muted text-sm">
      <RunStatusGlyph status={running ? "running" : summary.status} reply={summary.replyOutcome} />
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
      <Link
        className="rounded-sm underline decoration-line underline-offset-2 hover:text-fg max-xl:hidden"
        href={`/pipelines/${summary.pipeline.id}/versions?from=${summary.revisionNumber}&to=draft`}
        title={versions("sideBySide")}
      >
        {t("revisionOf", { number: summary.revisionNumber })}
      </Link>
      <span className="max-xl:hidden">
        {t(`triggered.${summary.trigger}`)}
        {summary.way === null ? null : ` · ${t(`way.${summary.way}`)}`}
      </span>
    </span>
  );
}
