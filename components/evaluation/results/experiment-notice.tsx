"use client";

import { useMutation } from "@tanstack/react-query";
import { CircleAlert, CircleStop, RotateCw } from "lucide-react";
import { useTranslations } from "next-intl";
import { JobProgress } from "@/components/job/job-progress";
import type { useJob } from "@/components/job/use-job";
import { useJobFailure } from "@/components/job/use-job-failure";
import { useTRPC } from "@/components/trpc/client";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import type { ExperimentView } from "../types";

interface ExperimentNoticeProps {
  readonly experiment: ExperimentView;
  readonly job: ReturnType<typeof useJob>;
  readonly onChanged: () => void;
}

/** How far it is while it runs; why it stopped and how to go on where it did not finish. Nothing once it is whole. */
export function ExperimentNotice({ experiment, job, onChanged }: ExperimentNoticeProps) {
  const t = useTranslations("experiments");
  const trpc = useTRPC();
  const onError = useErrorToast();
  const sayFailure = useJobFailure();
  const resume = useMutation(trpc.experiment.resume.mutationOptions({ onError, onSuccess: onChanged }));
  const { id, status, cellsDone, cellsTotal, spec } = experiment;
  const open = status === "running" || status === "queued";
  const shown = job.job ?? experiment.job;
  if (open && shown)
    return (
      <JobProgress
        job={shown}
        title={t("progress")}
        onCancel={job.cancel}
        className="h-9 shrink-0 border-line border-b bg-page px-5"
      />
    );
  if (cellsDone >= cellsTotal && status === "success") return null;
  const outOfBudget = experiment.job?.errorCode === "budget-reached";
  const withoutCost = experiment.job?.errorCode === "cost-unknown";
  const raised = spec.budgetMicroUsd === null ? null : Math.max(1_000, spec.budgetMicroUsd * 2);
  return (
    <div className="flex min-h-9 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-line border-b bg-page px-5 py-1 text-sm">
      {status === "cancelled" ? (
        <CircleStop aria-hidden="true" className="size-3.5 text-skipped" />
      ) : (
        <CircleAlert aria-hidden="true" className="size-3.5 text-error" />
      )}
      <span className="font-medium">{t(status === "cancelled" ? "stopped" : "failed")}</span>
      <span className="min-w-0 flex-1 text-muted">
        {(experiment.job && sayFailure(experiment.job)) ?? t("kept")}{" "}
        {t("cellsOf", { done: cellsDone, total: cellsTotal })}
      </span>
      <Button
        size="sm"
        busy={resume.isPending}
        onClick={() =>
          resume.mutate({
            id,
            ...(outOfBudget && raised !== null && { budgetMicroUsd: raised }),
            ...(withoutCost && { budgetMicroUsd: null }),
          })
        }
      >
        <RotateCw />
        {t(outOfBudget ? "resumeRaised" : withoutCost ? "resumeWithout" : "resume")}
      </Button>
    </div>
  );
}
