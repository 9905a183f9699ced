"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { GitPullRequestArrow } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { DataColumn } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { Segmented } from "@/components/ui/segmented";
import { stateTones } from "./state-tones";

type Item = RouterOutputs["proposal"]["list"]["items"][number];
const states = ["open", "accepted", "declined", "withdrawn"] as const;
const none: readonly never[] = [];

/** Changes that people proposed without the canvas: those that wait first, and what became of the others. */
export function Proposals() {
  const t = useTranslations("proposals");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [state, setState] = useState<(typeof states)[number]>("open");
  const input = { state, limit: 100 };
  const list = useInfiniteQuery({
    queryKey: [...trpc.proposal.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.proposal.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? none, [list.data]);
  const columns = useMemo(
    (): readonly DataColumn<Item>[] => [
      {
        id: "note",
        header: t("column.what"),
        width: "minmax(240px,2fr)",
        cell: ({ id, note, prompt, fields }) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <span className="min-w-0 truncate">
              <RowLink href={`/proposals/${id}`}>{note === "" ? t("settings", { count: fields }) : note}</RowLink>
            </span>
            {prompt === null ? null : <span className="shrink-0 text-faint text-xs">{t("promptVersion", prompt)}</span>}
          </span>
        ),
      },
      {
        id: "pipeline",
        header: t("column.pipeline"),
        width: "minmax(140px,1fr)",
        cell: ({ pipeline }) => <span className="truncate">{pipeline.name}</span>,
      },
      {
        id: "by",
        header: t("column.by"),
        width: "minmax(100px,0.6fr)",
        cell: ({ by }) => <span className="truncate text-muted">{by ?? t("nobody")}</span>,
      },
      {
        id: "cases",
        header: t("column.cases"),
        width: "72px",
        align: "end",
        cell: ({ cases }) => <span className="tabular">{cases}</span>,
      },
      {
        id: "state",
        header: t("column.state"),
        width: "112px",
        cell: (row) => <Badge tone={stateTones[row.state]}>{t(`state.${row.state}`)}</Badge>,
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
  return (
    <>
      <PageHeader title={t("title")} />
      <div className="flex items-center gap-2 border-line border-b px-5 py-2">
        <Segmented
          label={t("column.state")}
          value={state}
          onValueChange={setState}
          options={states.map((value) => ({ value, label: t(`state.${value}`) }))}
        />
      </div>
      {list.isError ? (
        <QueryError error={list.error} onRetry={() => void list.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={rows}
          columns={columns}
          rowId={({ id }) => id}
          loading={list.isPending}
          {...(list.hasNextPage && { onEnd: () => void list.fetchNextPage() })}
          empty={
            <EmptyState
              icon={<GitPullRequestArrow />}
              title={t(`none.${state}`)}
              description={t("noneHelp")}
              actions={
                <Button asChild>
                  <Link href="/runs">{t("openRuns")}</Link>
                </Button>
              }
            />
          }
        />
      )}
    </>
  );
}
