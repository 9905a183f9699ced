"use client";

import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { JobProgress } from "@/components/job/job-progress";
import { isOpen, useJob } from "@/components/job/use-job";
import { useTRPC } from "@/components/trpc/client";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { VersionMetrics } from "./version-metrics";

interface ProgressStepProps {
  readonly jobId: string;
  readonly modelId: string;
  readonly onBack: () => void;
}

/** The training as it goes, and what came of it. */
export function ProgressStep({ jobId, modelId, onBack }: ProgressStepProps) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const { job, cancel } = useJob(jobId, () => {
    void queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() });
  });
  if (job === null) return <Skeleton className="h-12 w-full" />;
  const result = job.status === "success" ? (job.result as { versionId: string; number: number } | null) : null;
  return (
    <div className="flex flex-col gap-6">
      <JobProgress
        job={job}
        title={t("model.training")}
        onCancel={cancel}
        className="rounded-lg border border-line p-3"
      />
      {isOpen(job) ? <p className="text-muted text-sm">{t("wizard.leave")}</p> : null}
      {result ? (
        <>
          <div className="flex items-center gap-3">
            <span className="font-medium">{t("wizard.done", { number: result.number })}</span>
            <Button variant="primary" asChild>
              <Link href={`/registry/${modelId}`}>{t("wizard.see")}</Link>
            </Button>
          </div>
          <VersionMetrics versionId={result.versionId} />
        </>
      ) : null}
      {isOpen(job) || result ? null : (
        <Button className="self-start" onClick={onBack}>
          {t("wizard.again")}
        </Button>
      )}
    </div>
  );
}
