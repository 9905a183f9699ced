"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { ListTree } from "lucide-react";
import Link from "next/link";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useMemo } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { useRunColumns } from "./run-columns";
import { readRunFilter, runsAddress, runsQuestion } from "./run-filter";
import { RunFilters } from "./run-filters";

type Page = RouterOutputs["run"]["list"];
/** A run, or an experiment in place of its runs. */
export type RunRow =
  | ({ readonly kind: "run" } & Page["items"][number])
  | ({ readonly kind: "experiment" } & Page["experiments"][number]);

const rowsOf = ({ items, experiments }: Page): readonly RunRow[] =>
  [
    ...items.map((run) => ({ kind: "run" as const, ...run })),
    ...experiments.map((experiment) => ({ kind: "experiment" as const, ...experiment })),
  ].sort((one, other) => other.startedAt.getTime() - one.startedAt.getTime());
const isUnderWay = ({ status }: RunRow): boolean => status === "running" || status === "queued";

/** How often the list is read again while a run in it is under way. */
const liveInterval = 2_000;

/** Every run, latest first, of any number; those of an experiment are one row. */
export function Runs() {
  const t = useTranslations("runs");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const router = useRouter();
  const filter = readRunFilter(useSearchParams());
  const input = { limit: 100, folded: true, ...runsQuestion(filter) };
  const runs = useInfiniteQuery({
    queryKey: [...trpc.run.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.run.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    // Only a list of one page is read again by itself: a long one is being looked through.
    refetchInterval: ({ state }) =>
      state.data?.pages.length === 1 && state.data.pages.flatMap(rowsOf).some(isUnderWay) ? liveInterval : false,
  });
  const { data, hasNextPage, isFetching, isError, fetchNextPage } = runs;
  const rows = useMemo(() => data?.pages.flatMap(rowsOf) ?? [], [data]);
  // A search reads a long list part by part; a part may hold nothing that fits.
  const lookingOn = rows.length === 0 && hasNextPage && !isError;
  useEffect(() => {
    if (lookingOn && !isFetching) void fetchNextPage();
  }, [lookingOn, isFetching, fetchNextPage]);
  const columns = useRunColumns();
  const filtered = Object.keys(filter).length > 0;
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <Button asChild>
            <Link href="/runs/sheets">{t("sheets")}</Link>
          </Button>
        }
      />
      <RunFilters filter={filter} onFilter={(next) => router.replace(runsAddress(next))} />
      {runs.isError ? (
        <QueryError error={runs.error} onRetry={() => void runs.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          rowId={({ id }) => id}
          loading={runs.isPending}
          onEnd={hasNextPage && !runs.isFetchingNextPage ? () => void fetchNextPage() : undefined}
          empty={
            lookingOn ? (
              <EmptyState title={t("searchedSoFar")} />
            ) : filtered ? (
              <EmptyState
                title={t("noneMatch")}
                {...(filter.source === undefined && { description: t("experimentsFolded") })}
                actions={
                  <Button asChild>
                    <Link href="/runs">{t("showAll")}</Link>
                  </Button>
                }
              />
            ) : (
              <EmptyState
                icon={<ListTree />}
                title={t("none")}
                description={t("noneHelp")}
                actions={
                  <Button asChild>
                    <Link href="/pipelines">{t("openPipelines")}</Link>
                  </Button>
                }
              />
            )
          }
        />
      )}
    </>
  );
}
