"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Plus, Table2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import type { DataColumn } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { SearchField } from "@/components/ui/search-field";
import { EvaluationTabs } from "../evaluation-tabs";

type Item = RouterOutputs["dataset"]["list"]["items"][number];
const none: readonly never[] = [];

const useColumns = (): readonly DataColumn<Item>[] => {
  const t = useTranslations("datasets");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("column.name"),
        width: "minmax(200px,1.6fr)",
        cell: ({ id, name }) => <RowLink href={`/evaluation/datasets/${id}`}>{name}</RowLink>,
      },
      {
        id: "columns",
        header: t("column.columns"),
        width: "minmax(160px,1fr)",
        cell: ({ columns }) => (
          <span className="truncate text-muted">{columns.map(({ name }) => name).join(", ")}</span>
        ),
      },
      {
        id: "rows",
        header: t("column.rows"),
        width: "88px",
        align: "end",
        cell: ({ rowCount }) => <span className="tabular">{rowCount}</span>,
      },
      {
        id: "versions",
        header: t("column.versions"),
        width: "88px",
        align: "end",
        cell: ({ versionCount }) => <span className="tabular">{versionCount}</span>,
      },
      {
        id: "changed",
        header: t("column.changed"),
        width: "120px",
        cell: ({ updatedAt }) => <RelativeTime date={updatedAt} />,
      },
    ],
    [t],
  );
};

/** The workspace's datasets, latest change first. */
export function Datasets() {
  const t = useTranslations("datasets");
  const evaluation = useTranslations("evaluation");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search.trim());
  const input = { limit: 100, ...(query !== "" && { query }) };
  const list = useInfiniteQuery({
    queryKey: [...trpc.dataset.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.dataset.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? none, [list.data]);
  const columns = useColumns();
  const create = (
    <Button variant="primary" asChild>
      <Link href="/evaluation/datasets/new">
        <Plus />
        {t("create")}
      </Link>
    </Button>
  );
  return (
    <>
      <PageHeader title={evaluation("title")} actions={create} />
      <EvaluationTabs />
      {list.isError ? (
        <QueryError error={list.error} onRetry={() => void list.refetch()} className="flex-1" />
      ) : (
        <>
          {rows.length > 0 || query !== "" ? (
            <div className="flex items-center gap-2 border-line border-b px-5 py-2">
              <SearchField label={t("search")} value={search} onValueChange={setSearch} className="w-64" />
            </div>
          ) : null}
          <DataTable
            label={evaluation("tabs.datasets")}
            rows={rows}
            columns={columns}
            rowId={({ id }) => id}
            loading={list.isPending}
            {...(list.hasNextPage && { onEnd: () => void list.fetchNextPage() })}
            empty={
              query === "" ? (
                <EmptyState icon={<Table2 />} title={t("none")} description={t("noneHelp")} actions={create} />
              ) : (
                <EmptyState title={t("noneFound")} />
              )
            }
          />
        </>
      )}
    </>
  );
}
