"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { FileUp, Plus, Undo2, Workflow } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { DataTable } from "@/components/ui/data-table";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { usePipelineColumns } from "./pipeline-columns";
import { useNewPipeline } from "./use-new-pipeline";

const ImportDialog = lazy(() => import("./import-dialog").then((module) => ({ default: module.ImportDialog })));

/** All pipelines, and those deleted, to find or bring back. */
export function Pipelines() {
  const t = useTranslations("pipelines");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const { create, opening } = useNewPipeline();
  const [importing, setImporting] = useState(false);
  const [query, setQuery] = useState("");
  const [shown, setShown] = useState<"kept" | "removed">("kept");
  const removed = shown === "removed";
  const wanted = useDeferredValue(query.trim());
  const input = { limit: 50, query: wanted || undefined, removed };
  const pipelines = useInfiniteQuery({
    queryKey: [...trpc.pipeline.list.queryKey(input), "pages", shown],
    queryFn: ({ pageParam, signal }) => client.pipeline.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    // While a search narrows the list its former rows stay; between the two lists nothing is carried over.
    placeholderData: (before, query) => (query?.queryKey.at(-1) === shown ? before : undefined),
  });
  const pages = pipelines.data?.pages;
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages]);
  const columns = usePipelineColumns({ removed });

  const empty = wanted ? (
    <EmptyState
      title={t("nothingFound", { query: wanted })}
      actions={<Button onClick={() => setQuery("")}>{t("clear")}</Button>}
    />
  ) : removed ? (
    <EmptyState icon={<Undo2 />} title={t("noneRemoved")} description={t("noneRemovedHelp")} />
  ) : (
    <EmptyState
      icon={<Workflow />}
      title={t("none")}
      description={t("noneHelp")}
      actions={
        <>
          <Button asChild>
            <Link href="/gallery">{t("fromTemplate")}</Link>
          </Button>
          <Button variant="primary" onClick={() => create({})}>
            <Plus />
            {t("new")}
          </Button>
        </>
      }
    />
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <SearchField label={t("search")} value={query} onValueChange={setQuery} className="w-56" />
            <Segmented
              label={t("shown")}
              value={shown}
              onValueChange={setShown}
              options={[
                { value: "kept", label: t("kept") },
                { value: "removed", label: t("removedOnes") },
              ]}
            />
            <Button onClick={() => setImporting(true)} data-testid="import-pipeline">
              <FileUp />
              {t("import.open")}
            </Button>
            <Button variant="primary" busy={opening === null} onClick={() => create({})}>
              <Plus />
              {t("new")}
            </Button>
          </>
        }
      />
      {importing ? (
        <Suspense fallback={null}>
          <ImportDialog onClose={() => setImporting(false)} />
        </Suspense>
      ) : null}
      {pipelines.isError ? (
        <QueryError error={pipelines.error} onRetry={() => void pipelines.refetch()} className="flex-1" />
      ) : (
        <DataTable
          label={t("title")}
          rows={items}
          columns={columns}
          rowId={(pipeline) => pipeline.id}
          loading={pipelines.isPending}
          empty={empty}
          onEnd={
            pipelines.hasNextPage && !pipelines.isFetchingNextPage ? () => void pipelines.fetchNextPage() : undefined
          }
        />
      )}
    </>
  );
}
