"use client";

import { FlaskConical, MessageSquareWarning, ThumbsDown, ThumbsUp } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { statusGlyphs } from "@/components/job/status-glyphs";
import type { DataColumn } from "@/components/ui/data-row";
import { Duration, Money, Nothing, Tokens } from "@/components/ui/figures";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { Tooltip } from "@/components/ui/tooltip";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import { RunStatusGlyph } from "./run-status-glyph";
import type { RunRow } from "./runs";

/** The columns of the list of runs. */
export const useRunColumns = (): readonly DataColumn<RunRow>[] => {
  const t = useTranslations("runs");
  const job = useTranslations("job.status");
  const say = useRunErrorText();
  return useMemo(
    () => [
      {
        id: "status",
        header: t("status"),
        width: "108px",
        cell: (row) =>
          row.kind === "run" ? (
            <RunStatusGlyph status={row.status} reply={row.replyOutcome} />
          ) : (
            <StatusGlyph status={statusGlyphs[row.status]} word label={job(row.status)} />
          ),
      },
      {
        id: "exchange",
        header: t("exchange"),
        width: "minmax(200px,2fr)",
        cell: (row) => {
          if (row.kind === "experiment") {
            const { id, name, runs, runsTotal: total, failures, status } = row;
            const title = t("experiment", { name });
            const figures =
              status === "running" || status === "queued"
                ? t("experimentUnderWay", { runs, total, failures })
                : t("experimentRuns", { runs, failures });
            return (
              <span className="flex min-w-0 items-baseline gap-2" title={`${title}: ${figures}`}>
                <FlaskConical aria-hidden="true" className="size-3.5 shrink-0 translate-y-0.5 text-faint" />
                <span className="min-w-0 truncate">
                  <RowLink href={`/evaluation/experiments/${id}`} label={`${title}: ${figures}`}>
                    {title}
                  </RowLink>
                </span>
                <span className="tabular shrink-0 text-muted text-xs">{figures}</span>
              </span>
            );
          }
          return (
            <span
              className="flex min-w-0 items-baseline gap-2"
              title={[row.question, row.answer].filter(Boolean).join("\n→ ")}
            >
              <span className="min-w-0 max-w-[60%] shrink-0 truncate">
                <RowLink href={`/runs/${row.id}`} label={`${row.pipeline.name}: ${row.question || t("noText")}`}>
                  {row.question || t("noText")}
                </RowLink>
              </span>
              {row.errorCode && row.status === "failure" ? (
                <span className="truncate text-error text-xs">{say(row.errorCode).title}</span>
              ) : (
                <span className="truncate text-muted text-xs">{row.answer}</span>
              )}
            </span>
          );
        },
      },
      {
        id: "pipeline",
        header: t("pipeline"),
        width: "minmax(120px,1fr)",
        cell: (row) => (
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate" title={row.pipeline.name}>
              {row.pipeline.name}
            </span>
            {row.kind === "run" ? (
              <span className="tabular shrink-0 text-faint text-xs">{`v${row.revisionNumber}`}</span>
            ) : null}
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
        cell: (row) => {
          if (row.kind === "experiment") return <span className="truncate">{t("trigger.evaluation")}</span>;
          const { trigger, deployment } = row;
          return (
            <span className="truncate" title={deployment?.slug}>
              {deployment === null ? t(`trigger.${trigger}`) : deployment.slug}
            </span>
          );
        },
      },
      {
        id: "rating",
        header: <span className="sr-only">{t("filterRating")}</span>,
        width: "28px",
        cell: (row) =>
          row.kind === "experiment" || row.rating === null ? null : row.rating === "good" ? (
            <ThumbsUp aria-label={t("rated.good")} className="size-3.5 text-ok" />
          ) : (
            <ThumbsDown aria-label={t("rated.bad")} className="size-3.5 text-error" />
          ),
      },
      {
        id: "wrong",
        header: <span className="sr-only">{t("wrongAnswer")}</span>,
        width: "28px",
        cell: (row) =>
          row.kind === "experiment" || row.status === "running" || row.status === "paused" ? null : (
            <Tooltip content={t("wrongAnswer")}>
              <Link
                href={`/pipelines/${row.pipeline.id}/propose?run=${row.id}`}
                aria-label={t("wrongAnswer")}
                className="relative z-10 flex size-6 items-center justify-center rounded-sm text-faint hover:bg-active hover:text-fg"
              >
                <MessageSquareWarning className="size-3.5" />
              </Link>
            </Tooltip>
          ),
      },
      {
        id: "duration",
        header: t("duration"),
        width: "72px",
        align: "end",
        cell: (row) => (
          <Duration
            ms={
              row.kind === "run"
                ? row.durationMs
                : row.endedAt && Math.max(0, row.endedAt.getTime() - row.startedAt.getTime())
            }
          />
        ),
      },
      {
        id: "tokens",
        header: t("tokens"),
        width: "72px",
        align: "end",
        cell: (row) =>
          row.kind === "run" && row.inputTokens + row.outputTokens + row.uncountedCalls > 0 ? (
            <Tokens input={row.inputTokens} output={row.outputTokens} uncounted={row.uncountedCalls} />
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
    [t, job, say],
  );
};
