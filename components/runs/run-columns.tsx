"use client";

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
        id: "pipeline",
        header: t("pipeline"),
        width: "minmax(200px,1fr)",
        cell: (run) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <RowLink href={`/runs/${run.id}`}>{run.pipeline.name}</RowLink>
            {run.errorCode && run.status === "failure" ? (
              <span className="truncate text-error text-xs">{say(run.errorCode).title}</span>
            ) : null}
          </span>
        ),
      },
      {
        id: "startedAt",
        header: t("started"),
        width: "120px",
        cell: ({ startedAt }) => <RelativeTime date={startedAt} />,
      },
      { id: "trigger", header: t("from"), width: "72px", cell: ({ trigger }) => t(`trigger.${trigger}`) },
      {
        id: "revision",
        header: t("revision"),
        width: "68px",
        align: "end",
        cell: ({ revisionNumber }) => <span className="tabular">{revisionNumber}</span>,
      },
      {
        id: "duration",
        header: t("duration"),
        width: "80px",
        align: "end",
        cell: ({ durationMs }) => <Duration ms={durationMs} />,
      },
      {
        id: "tokens",
        header: t("tokens"),
        width: "80px",
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
        width: "80px",
        align: "end",
        cell: ({ costMicroUsd, status }) => (status === "running" ? <Nothing /> : <Money microUsd={costMicroUsd} />),
      },
    ],
    [t, say],
  );
};
