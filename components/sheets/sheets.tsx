"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Table2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import type { DataColumn } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { SheetStatus } from "./sheet-status";
import type { SheetItem } from "./types";

const useColumns = (): readonly DataColumn<SheetItem>[] => {
  const t = useTranslations("sheets");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("list.name"),
        width: "minmax(200px,1.5fr)",
        cell: ({ id, name }) => <RowLink href={`/runs/sheets/${id}`}>{name}</RowLink>,
      },
      {
        id: "pipeline",
        header: t("list.pipeline"),
        width: "minmax(160px,1fr)",
        cell: ({ pipeline, variants }) => (
          <span className="flex min-w-0 items-baseline gap-1.5">
            <span className="truncate">{pipeline.name}</span>
            <span className="truncate text-faint text-xs">{variants.join(", ")}</span>
          </span>
        ),
      },
      { id: "state", header: t("list.state"), width: "128px", cell: (sheet) => <SheetStatus sheet={sheet} /> },
      {
        id: "rows",
        header: t("list.rows"),
        width: "136px",
        align: "end",
        cell: ({ rowsDone, rowsTotal }) => (
          <span className="tabular">{t("page.progress", { done: rowsDone, total: rowsTotal })}</span>
        ),
      },
      {
        id: "created",
        header: t("list.created"),
        width: "128px",
        cell: ({ createdAt }) => <RelativeTime date={createdAt} />,
      },
    ],
    [t],
  );
};

/** Every sheet that was run, latest first. */
export function Sheets() {
  const t = useTranslations("sheets");
  const runs = useTranslations("runs");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const columns = useColumns();
  const sheets = useInfiniteQuery({
    queryKey: [...trpc.sheet.list.queryKey({ limit: 100 }), "pages"],
    queryFn: ({ pageParam, signal }) => client.sheet.list.query({ limit: 100, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some(({ status }) => status === "running" || status === "queued") ? 3_000 : false,
  });
  const pages = sheets.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  return (
    <>
      <PageHeader title={t("title")} parents={[{ title: runs("title"), href: "/runs" }]} />
      {sheets.isError ? (
        <QueryError error={sheets.error} onRetry={() => void sheets.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={items}
          columns={columns}
          rowId={({ id }) => id}
          loading={sheets.isPending}
          onEnd={sheets.hasNextPage && !sheets.isFetchingNextPage ? () => void sheets.fetchNextPage() : undefined}
          empty={
            <EmptyState
              icon={<Table2 />}
              title={t("list.none")}
              description={t("list.noneHelp")}
              actions={
                <Button asChild>
                  <Link href="/pipelines">{t("list.openPipelines")}</Link>
                </Button>
              }
            />
          }
        />
      )}
    </>
  );
}
