"use client";

import { useMutation } from "@tanstack/react-query";
import { RotateCw } from "lucide-react";
import { useFormatter, useLocale, useTranslations } from "next-intl";
import { useJobFailure } from "@/components/job/use-job-failure";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { formatDuration } from "@/components/ui/format";
import { ProgressBar } from "@/components/ui/progress-bar";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { isLocale } from "@/i18n/locale";
import type { useSheet } from "./use-sheet";

interface SheetNoticeProps {
  readonly live: ReturnType<typeof useSheet>;
  readonly className?: string;
}

/** How far a sheet is and what can be done: stop it while it runs, go on where it stopped, run failed rows again. */
export function SheetNotice({ live, className }: SheetNoticeProps) {
  const t = useTranslations("sheets.page");
  const jobs = useTranslations("job");
  const format = useFormatter();
  const locale = useLocale();
  const trpc = useTRPC();
  const onError = useErrorToast();
  const sayFailure = useJobFailure();
  const { sheet, job, done, left, refresh } = live;
  const resume = useMutation(trpc.sheet.resume.mutationOptions({ onError, onSuccess: refresh }));
  if (!sheet.data) return null;
  const { id, status, rowsTotal, counts } = sheet.data;
  const failed = counts.failure + counts.away + counts.empty;
  const line = cn("flex min-h-9 min-w-0 flex-wrap items-center gap-x-3 gap-y-1 text-sm", className);
  if (status === "running" || status === "queued") {
    const { waitingFor = null, waitingUntil = null, cancelling = false } = job.job ?? {};
    return (
      <div className={line} data-testid="sheet-notice">
        <StatusGlyph status={status === "queued" ? "waiting" : "running"} label={jobs(`status.${status}`)} word />
        <ProgressBar label={t("running")} value={done} most={rowsTotal} className="min-w-24 max-w-80 flex-1" />
        <span className="tabular text-muted">{t("progress", { done, total: rowsTotal })}</span>
        {failed > 0 ? <span className="text-error">{t("failedSoFar", { count: failed })}</span> : null}
        {left === null ? null : (
          <span className="tabular text-faint">
            {t("timeLeft", { time: formatDuration(left, isLocale(locale) ? locale : "en") })}
          </span>
        )}
        {waitingFor !== null && waitingUntil !== null ? (
          <span className="min-w-0 truncate text-warn text-xs" role="status" title={waitingFor}>
            {jobs("waiting", {
              model: waitingFor,
              until: format.dateTime(waitingUntil, { hour: "numeric", minute: "numeric", second: "numeric" }),
            })}
          </span>
        ) : null}
        <Button size="sm" className="ml-auto" disabled={job.cancelling || cancelling} onClick={job.cancel}>
          {job.cancelling || cancelling ? jobs("cancelling") : t("stop")}
        </Button>
      </div>
    );
  }
  const open = rowsTotal - sheet.data.rowsDone;
  const isWhole = open === 0;
  const reason = job.job === null ? null : sayFailure(job.job);
  return (
    <div className={line} data-testid="sheet-notice">
      <StatusGlyph
        status={isWhole ? (failed > 0 ? "warn" : "ok") : status === "cancelled" ? "aborted" : "error"}
        label={t(isWhole ? "done" : status === "cancelled" ? "stopped" : "failed")}
        word
      />
      {isWhole ? null : <span className="text-muted">{t("doneOpen", { count: open })}</span>}
      {failed > 0 ? <span className="text-error">{t("failedSoFar", { count: failed })}</span> : null}
      <span className="min-w-0 flex-1 text-muted">{isWhole ? null : reason}</span>
      {failed > 0 ? (
        <Button size="sm" busy={resume.isPending} onClick={() => resume.mutate({ id, failed: true })}>
          <RotateCw />
          {t("again", { count: failed })}
        </Button>
      ) : null}
      {isWhole ? null : (
        <Button size="sm" busy={resume.isPending} onClick={() => resume.mutate({ id })}>
          <RotateCw />
          {t("resume")}
        </Button>
      )}
    </div>
  );
}
