"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Scale } from "lucide-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { EvaluationTabs } from "../evaluation-tabs";
import { useExperimentColumns } from "./experiment-columns";

/** How often the list is read again while an experiment in it is under way. */
const liveInterval = 2_000;
const newAddress = "/evaluation/experiments/new";

/** Every experiment, latest first. */
export function Experiments() {
  const t = useTranslations("experiments");
  const evaluation = useTranslations("evaluation");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const [query, setQuery] = useState("");
  const wanted = useDeferredValue(query.trim());
  const input = { limit: 50, ...(wanted && { query: wanted }) };
  const experiments = useInfiniteQuery({
    queryKey: [...trpc.experiment.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.experiment.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages.length === 1 &&
      state.data.pages[0]?.items.some(({ status }) => status === "running" || status === "queued")
        ? liveInterval
        : false,
  });
  const pages = experiments.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const columns = useExperimentColumns();
  usePageKeys({ n: () => router.push(newAddress) });
  const create = (
    <Button variant="primary" asChild>
      <Link href={newAddress}>
        <Plus />
        {t("new")}
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader
        title={evaluation("title")}
        actions={
          <>
            {items.length > 0 || query !== "" ? (
              <SearchField label={t("find")} value={query} onValueChange={setQuery} className="w-56" />
            ) : null}
            {create}
          </>
        }
      />
      <EvaluationTabs />
      {experiments.isError ? (
        <QueryError error={experiments.error} onRetry={() => void experiments.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={items}
          columns={columns}
          rowId={({ id }) => id}
          loading={experiments.isPending}
          onEnd={
            experiments.hasNextPage && !experiments.isFetchingNextPage
              ? () => void experiments.fetchNextPage()
              : undefined
          }
          empty={
            wanted ? (
              <EmptyState
                title={t("noneFound", { query: wanted })}
                actions={<Button onClick={() => setQuery("")}>{t("showAll")}</Button>}
              />
            ) : (
              <EmptyState icon={<Scale />} title={t("none")} description={t("noneHelp")} actions={create} />
            )
          }
        />
      )}
    </>
  );
}
