"use client";

import { ThumbsDown, ThumbsUp } from "lucide-react";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import type { DataColumn } from "@/components/ui/data-row";
import { Duration, Money, Nothing, Tokens } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import { RunStatusGlyph } from "./run-status-glyph";
import type { RunItem } from "./runs";

/** The columns of the list of runs. */
export const useRunColumns = (): readonly DataColumn<RunItem>[] => {
  const t = useTranslations("runs");
  const say = useRunErrorText();
  return useMemo(
    () => [
      {
        id: "status",
        header: t("status"),
        width: "108px",
        cell: ({ status, replyOutcome }) => <RunStatusGlyph status={status} reply={replyOutcome} />,
      },
      {
        id: "exchange",
        header: t("exchange"),
        width: "minmax(200px,2fr)",
        cell: (run) => (
          <span
            className="flex min-w-0 items-baseline gap-2"
            title={[run.question, run.answer].filter(Boolean).join("\n→ ")}
          >
            <span className="min-w-0 max-w-[60%] shrink-0 truncate">
              <RowLink href={`/runs/${run.id}`} label={`${run.pipeline.name}: ${run.question || t("noText")}`}>
                {run.question || t("noText")}
              </RowLink>
            </span>
            {run.errorCode && run.status === "failure" ? (
              <span className="truncate text-error text-xs">{say(run.errorCode).title}</span>
            ) : (
              <span className="truncate text-muted text-xs">{run.answer}</span>
            )}
          </span>
        ),
      },
      {
        id: "pipeline",
        header: t("pipeline"),
        width: "minmax(120px,1fr)",
        cell: ({ pipeline, revisionNumber }) => (
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate">{pipeline.name}</span>
            <span className="tabular shrink-0 text-faint text-xs">{`v${revisionNumber}`}</span>
          </span>
        ),
      },
      {
        id: "startedAt",
        header: t("started"),
        width: "96px",
        cell: ({ startedAt }) => <RelativeTime date={startedAt} />,
      },
      {
        id: "trigger",
        header: t("from"),
        width: "88px",
        cell: ({ trigger, deployment }) => (
          <span className="truncate">{deployment === null ? t(`trigger.${trigger}`) : deployment.slug}</span>
        ),
      },
      {
        id: "rating",
        header: <span className="sr-only">{t("filterRating")}</span>,
        width: "28px",
        cell: ({ rating }) =>
          rating === null ? null : rating === "good" ? (
            <ThumbsUp aria-label={t("rated.good")} className="size-3.5 text-ok" />
          ) : (
            <ThumbsDown aria-label={t("rated.bad")} className="size-3.5 text-error" />
          ),
      },
      {
        id: "duration",
        header: t("duration"),
        width: "72px",
        align: "end",
        cell: ({ durationMs }) => <Duration ms={durationMs} />,
      },
      {
        id: "tokens",
        header: t("tokens"),
        width: "72px",
        align: "end",
        cell: ({ inputTokens, outputTokens, uncountedCalls }) =>
          inputTokens + outputTokens + uncountedCalls > 0 ? (
            <Tokens input={inputTokens} output={outputTokens} uncounted={uncountedCalls} />
          ) : (
            <Nothing />
          ),
      },
      {
        id: "cost",
        header: t("cost"),
        width: "72px",
        align: "end",
        cell: ({ costMicroUsd, status }) => (status === "running" ? <Nothing /> : <Money microUsd={costMicroUsd} />),
      },
    ],
    [t, say],
  );
};
