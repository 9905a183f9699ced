"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import type { DataColumn } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { RowLink } from "@/components/ui/row-link";
import { StatusGlyph } from "@/components/ui/status-glyph";
import { useRunErrorText } from "@/components/ui/use-run-error-text";
import type { SheetRow } from "./types";

interface SheetRowsProps {
  readonly id: string;
  readonly show: "all" | "failed";
  /** Rows end while one looks. */
  readonly live: boolean;
}

const glyphs = { success: "ok", empty: "empty", failure: "error", away: "warn", blank: "skipped" } as const;

const useColumns = (): readonly DataColumn<SheetRow>[] => {
  const t = useTranslations("sheets");
  const say = useRunErrorText();
  return useMemo(
    () => [
      {
        id: "row",
        header: t("page.row"),
        width: "64px",
        align: "end",
        cell: ({ row }) => <span className="tabular text-faint">{row + 1}</span>,
      },
      {
        id: "outcome",
        header: t("page.outcome"),
        width: "132px",
        cell: ({ outcome, reply }) =>
          outcome === null ? null : (
            <StatusGlyph
              status={outcome === "success" && reply !== null ? "warn" : glyphs[outcome]}
              label={outcome === "success" && reply !== null ? t(`reply.${reply}`) : t(`outcome.${outcome}`)}
              word
            />
          ),
      },
      {
        id: "asked",
        header: t("page.asked"),
        width: "minmax(180px,1fr)",
        cell: ({ row, runId, asked }) => {
          const text = asked.flatMap((each) => (each.text.trim() === "" ? [] : [each.text])).join(" · ");
          if (runId === null)
            return (
              <span className="truncate" title={text}>
                {text}
              </span>
            );
          return (
            <RowLink href={`/runs/${runId}`} label={`${t("page.rowLabel", { row: row + 1 })}: ${text}`}>
              <span className="truncate" title={text}>
                {text}
              </span>
            </RowLink>
          );
        },
      },
      {
        id: "answer",
        header: t("page.answer"),
        width: "minmax(220px,1.6fr)",
        cell: ({ answer, errorCode, errorMessage }) =>
          errorCode === null ? (
            <span className="truncate" title={answer}>
              {answer}
            </span>
          ) : (
            <span className="truncate text-error" title={errorMessage ?? undefined}>
              {say(errorCode).title}
              {errorMessage === null ? null : <span className="ml-2 text-muted text-xs">{errorMessage}</span>}
            </span>
          ),
      },
    ],
    [t, say],
  );
};

/** Rows that have ended, in the order of the file. */
export function SheetRows({ id, show, live }: SheetRowsProps) {
  const t = useTranslations("sheets.page");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const columns = useColumns();
  const rows = useInfiniteQuery({
    queryKey: [...trpc.sheet.rows.queryKey({ id, show }), "pages"],
    queryFn: ({ pageParam, signal }) => client.sheet.rows.query({ id, show, after: pageParam, limit: 100 }, { signal }),
    initialPageParam: -1,
    getNextPageParam: ({ next }) => next,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (live && (state.data?.pages.length ?? 1) === 1 ? 2_000 : false),
  });
  const pages = rows.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  if (rows.isError) return <QueryError error={rows.error} onRetry={() => void rows.refetch()} className="flex-1" />;
  return (
    <DataTable
      label={t("show")}
      rows={items}
      columns={columns}
      rowId={({ row }) => String(row)}
      loading={rows.isPending}
      onEnd={rows.hasNextPage && !rows.isFetchingNextPage ? () => void rows.fetchNextPage() : undefined}
      scrollsByKey
      empty={<EmptyState title={t(show === "failed" ? "noFailed" : "noRows")} />}
    />
  );
}
