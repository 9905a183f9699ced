"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { Library, Plus } from "lucide-react";
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
import { useBaseColumns } from "./base-columns";
import { NewBaseDialog } from "./new-base-dialog";

/** How often the list is read again while something in it is being indexed. */
const liveInterval = 2_000;

/** All knowledge bases: how much is in them and whether they are up to date. */
export function Knowledge() {
  const t = useTranslations("knowledge");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [query, setQuery] = useState("");
  const [creating, setCreating] = useState(false);
  const wanted = useDeferredValue(query.trim());
  const input = { limit: 50, query: wanted || undefined };
  const bases = useInfiniteQuery({
    queryKey: [...trpc.knowledge.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.knowledge.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: (before) => before,
    refetchInterval: ({ state }) =>
      state.data?.pages.length === 1 && state.data.pages[0]?.items.some(({ jobId }) => jobId !== null)
        ? liveInterval
        : false,
  });
  const pages = bases.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const columns = useBaseColumns();
  usePageKeys({ n: () => setCreating(true) });
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      {t("new")}
    </Button>
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            {items.length > 0 || query !== "" ? (
              <SearchField label={t("find")} value={query} onValueChange={setQuery} className="w-56" />
            ) : null}
            {create}
          </>
        }
      />
      {bases.isError ? (
        <QueryError error={bases.error} onRetry={() => void bases.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={items}
          columns={columns}
          rowId={(base) => base.id}
          loading={bases.isPending}
          onEnd={bases.hasNextPage && !bases.isFetchingNextPage ? () => void bases.fetchNextPage() : undefined}
          empty={
            wanted ? (
              <EmptyState
                title={t("noneFound", { query: wanted })}
                actions={<Button onClick={() => setQuery("")}>{t("showAll")}</Button>}
              />
            ) : (
              <EmptyState icon={<Library />} title={t("none")} description={t("noneHelp")} actions={create} />
            )
          }
        />
      )}
      <NewBaseDialog open={creating} onOpenChange={setCreating} />
    </>
  );
}
