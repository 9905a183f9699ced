"use client";

import { useQuery } from "@tanstack/react-query";
import { Workflow } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { SearchedList } from "@/components/pickers/searched-list";
import { PageHeader } from "@/components/shell/page-header";
import { PageSkeleton } from "@/components/shell/page-skeleton";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { SetUp } from "./set-up";

/** Where an experiment is set up. The pipeline comes with the address; without one it is chosen first. */
export function NewExperiment() {
  const t = useTranslations("experiments");
  const evaluation = useTranslations("evaluation");
  const parameters = useSearchParams();
  const pipelineId = parameters.get("pipeline");
  const header = <PageHeader title={t("new")} parents={[{ title: evaluation("title"), href: "/evaluation" }]} />;
  return (
    <>
      {header}
      {pipelineId === null ? <ChoosePipeline /> : <OfPipeline id={pipelineId} key={pipelineId} />}
    </>
  );
}

function OfPipeline({ id }: { readonly id: string }) {
  const trpc = useTRPC();
  const parameters = useSearchParams();
  const pipeline = useQuery(trpc.pipeline.get.queryOptions({ id }, { staleTime: 0, refetchOnWindowFocus: false }));
  const revisions = useQuery(trpc.pipeline.revisions.queryOptions({ id }));
  const datasets = useQuery(trpc.dataset.list.queryOptions({ limit: 100 }));
  const choice = useQuery(trpc.pipeline.evaluationChoice.queryOptions({ id }));
  const [from, to] = [useVersion(id, parameters.get("from")), useVersion(id, parameters.get("to"))];
  const asked = [from, to].filter((version) => version.isEnabled);
  const failed = [pipeline, revisions, datasets, choice, ...asked].find(({ isError }) => isError);
  if (failed) return <QueryError error={failed.error} onRetry={() => void failed.refetch()} className="flex-1" />;
  if (asked.some((version) => version.data === undefined)) return <PageSkeleton />;
  if (!pipeline.isFetchedAfterMount || !pipeline.data || !revisions.data || !datasets.data || choice.isPending)
    return <PageSkeleton />;
  return (
    <SetUp
      pipeline={pipeline.data}
      revisions={revisions.data}
      datasets={datasets.data.items}
      choice={choice.data ?? null}
      node={parameters.get("node")}
      wantedVariants={parameters.get("variants")?.split(",") ?? null}
      wantedDataset={parameters.get("dataset")}
      versions={from.data && to.data ? { from: from.data, to: to.data } : null}
    />
  );
}

/** A version by its number in the address; not asked for where there is none. */
const useVersion = (id: string, number: string | null) => {
  const trpc = useTRPC();
  return useQuery(
    trpc.pipeline.revision.queryOptions(
      { id, number: Number(number) },
      { staleTime: Number.POSITIVE_INFINITY, enabled: /^[1-9]\d{0,8}$/u.test(number ?? "") },
    ),
  );
};

function ChoosePipeline() {
  const t = useTranslations("experiments.setUp");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const parameters = useSearchParams();
  return (
    <div className="mx-auto flex min-h-0 w-full max-w-2xl flex-1 flex-col gap-3 px-5 py-8">
      <h2 className="font-medium text-base">{t("choosePipeline")}</h2>
      <SearchedList
        label={t("searchPipelines")}
        queryKey={trpc.pipeline.list.queryKey()}
        page={(asked, signal) => client.pipeline.list.query({ ...asked, limit: 50 }, { signal })}
        itemId={({ id }) => id}
        empty={
          <EmptyState
            icon={<Workflow />}
            title={t("noPipeline")}
            description={t("noPipelineHelp")}
            actions={
              <Button variant="primary" asChild>
                <Link href="/gallery">{t("openGallery")}</Link>
              </Button>
            }
          />
        }
        className="divide-y divide-line rounded-lg bg-surface"
      >
        {({ id, name, updatedAt }) => (
          <button
            type="button"
            className="flex w-full items-center justify-between gap-4 px-4 py-2.5 text-left hover:bg-hover"
            onClick={() => {
              const next = new URLSearchParams(parameters);
              next.set("pipeline", id);
              router.replace(`/evaluation/experiments/new?${next}`);
            }}
          >
            <span className="truncate font-medium" title={name}>
              {name}
            </span>
            <RelativeTime date={updatedAt} className="shrink-0 text-faint text-xs" />
          </button>
        )}
      </SearchedList>
    </div>
  );
}
