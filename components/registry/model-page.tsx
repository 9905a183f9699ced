"use client";

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { GitCompareArrows, Plus } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { JobProgress } from "@/components/job/job-progress";
import { isOpen, useJob } from "@/components/job/use-job";
import { PageBody } from "@/components/shell/page-body";
import { PageHeader } from "@/components/shell/page-header";
import { Section } from "@/components/shell/section";
import { useTRPC } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { ModelMenu } from "./model-menu";
import { RegisterDialog } from "./register-dialog";
import type { Stage } from "./stage-badge";
import { TryIt } from "./try-it";
import { Usage } from "./usage";
import { VersionList } from "./version-list";
import { VersionMetrics } from "./version-metrics";

/** One registered model: its versions, what they are worth, and where they are used. */
export function ModelPage({ id }: { readonly id: string }) {
  const t = useTranslations("registry");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const model = useQuery(trpc.tunedModel.get.queryOptions({ id }));
  const jobs = useQuery(trpc.job.list.queryOptions({ subject: `tuned-model:${id}`, limit: 1 }));
  const [chosen, setChosen] = useState<string | null>(null);
  const [registering, setRegistering] = useState(false);
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.tunedModel.pathKey() });
  const latest = jobs.data?.items[0] ?? null;
  const { job, cancel } = useJob(latest && isOpen(latest) ? latest.id : null, () => void refresh());
  const setStage = useMutation(
    trpc.tunedModel.setStage.mutationOptions({
      onError,
      onSuccess: ({ number, stage, replaced }) =>
        toast.success(
          replaced === null
            ? t("setStage.done", { number, stage: t(`stage.${stage}`) })
            : t("setStage.replaced", { number, former: replaced }),
        ),
      onSettled: refresh,
    }),
  );
  const parents = useMemo(() => [{ title: t("title"), href: "/registry" }], [t]);
  if (model.isError) {
    return (
      <>
        <PageHeader title="" parents={parents} />
        <QueryError error={model.error} onRetry={() => void model.refetch()} className="flex-1" />
      </>
    );
  }
  if (model.isPending) {
    return (
      <>
        <PageHeader title="" parents={parents} />
        <PageBody>
          <Skeleton className="h-40 w-full" />
        </PageBody>
      </>
    );
  }
  const { name, slug, task, versions, description } = model.data;
  const shown =
    versions.find((version) => version.id === chosen) ??
    versions.find(({ stage }) => stage === "production") ??
    versions[0];
  const former = versions.find((version) => version.id !== shown?.id);
  return (
    <>
      <PageHeader
        title={name}
        parents={parents}
        aside={t(`task.${task}`)}
        actions={
          <>
            {task === "classify" && shown && former ? (
              <Button asChild>
                <Link href={`/registry/compare?model=${id}&left=${former.id}&right=${shown.id}`}>
                  <GitCompareArrows />
                  {t("model.compare")}
                </Link>
              </Button>
            ) : null}
            {task === "classify" ? (
              <Button variant="primary" asChild>
                <Link href={`/registry/train?model=${id}`}>
                  <Plus />
                  {t("model.trainMore")}
                </Link>
              </Button>
            ) : (
              <Button variant="primary" onClick={() => setRegistering(true)}>
                <Plus />
                {t("model.registerMore")}
              </Button>
            )}
            <ModelMenu model={{ id, name }} version={shown ?? null} />
          </>
        }
      />
      <PageBody className="max-w-5xl">
        {description ? <p className="text-muted">{description}</p> : null}
        {job && isOpen(job) ? (
          <JobProgress
            job={job}
            title={t("model.training")}
            onCancel={cancel}
            className="rounded-lg border border-line p-3"
          />
        ) : null}
        {versions.length === 0 ? (
          <EmptyState title={t("model.noVersions")} description={t("model.noVersionsHelp")} />
        ) : (
          <Section
            title={t("model.versions")}
            aside={
              <span className="flex items-center gap-1.5 text-muted text-xs">
                {t("model.callAs")}
                <code className="font-mono text-fg">{`${slug}@production`}</code>
                <CopyButton value={`${slug}@production`} size="sm" />
              </span>
            }
          >
            <VersionList
              versions={versions}
              shownId={shown?.id ?? ""}
              onShow={setChosen}
              onStage={(version: string, stage: Stage) => setStage.mutate({ id: version, stage })}
            />
          </Section>
        )}
        {shown && task === "classify" ? <TryIt key={`try-${shown.id}`} versionId={shown.id} /> : null}
        {shown ? <VersionMetrics key={`metrics-${shown.id}`} versionId={shown.id} /> : null}
        <Usage modelId={id} />
      </PageBody>
      <RegisterDialog open={registering} onOpenChange={setRegistering} model={{ id, name }} />
    </>
  );
}
