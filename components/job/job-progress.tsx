"use client";

import { useFormatter, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { ProgressBar } from "@/components/ui/progress-bar";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { statusGlyphs } from "./status-glyphs";
import type { JobItem } from "./use-job";
import { useJobFailure } from "./use-job-failure";

export interface JobProgressProps {
  readonly job: Pick<
    JobItem,
    "status" | "stage" | "done" | "total" | "waitingFor" | "waitingUntil" | "errorCode" | "errorMessage" | "cancelling"
  >;
  /** What it does, e.g. "Indexing". */
  readonly title: string;
  /** Offers to stop it. */
  readonly onCancel?: () => void;
  readonly className?: string;
}

/** One line: what is being done, how far it is, and the button that stops it. */
export function JobProgress({ job, title, onCancel, className }: JobProgressProps) {
  const t = useTranslations("job");
  const format = useFormatter();
  const sayFailure = useJobFailure();
  const open = job.status === "queued" || job.status === "running";
  // A stage that no message names is not shown: a word out of the program would only puzzle.
  const named = job.stage !== null && t.has(`stage.${job.stage}`) ? t(`stage.${job.stage}`) : null;
  const stage = job.status === "queued" ? t("status.queued") : named;
  const waits = job.status === "running" && job.waitingFor !== null && job.waitingUntil !== null && !job.cancelling;
  return (
    <div className={cn("flex min-w-0 items-center gap-3 text-sm", className)}>
      <StatusGlyph status={statusGlyphs[job.status]} label={t(`status.${job.status}`)} />
      <span className="shrink-0 font-medium">{title}</span>
      {open ? (
        <>
          {stage ? <span className="shrink-0 text-muted">{job.cancelling ? t("cancelling") : stage}</span> : null}
          <ProgressBar
            label={title}
            value={job.status === "running" ? job.done : null}
            most={job.total}
            className="max-w-80 flex-1"
          />
          {job.total === null || job.status === "queued" ? null : (
            <span className="tabular shrink-0 text-faint text-xs">
              {t("progress", { done: job.done, total: job.total })}
            </span>
          )}
          {waits && job.waitingFor !== null && job.waitingUntil !== null ? (
            <span className="min-w-0 truncate text-warn text-xs" role="status" title={job.waitingFor}>
              {t("waiting", {
                model: job.waitingFor,
                until: format.dateTime(job.waitingUntil, { hour: "numeric", minute: "numeric", second: "numeric" }),
              })}
            </span>
          ) : null}
          {onCancel ? (
            <Button size="sm" variant="ghost" className="ml-auto shrink-0" disabled={job.cancelling} onClick={onCancel}>
              {t("cancel")}
            </Button>
          ) : null}
        </>
      ) : (
        <span className="min-w-0 text-muted">{sayFailure(job) ?? t(`status.${job.status}`)}</span>
      )}
    </div>
  );
}
