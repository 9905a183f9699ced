"use client";

import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useMutation,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import { Import, Plus, Scale, Table2, Trash2 } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SearchField } from "@/components/ui/search-field";
import { Select, SelectItem } from "@/components/ui/select";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";
import { datasetSplits } from "@/runtime/eval/contract/dataset-row";
import { DatasetGrid } from "./dataset-grid";
import { DatasetMenu } from "./dataset-menu";
import { RowSheet } from "./row-sheet";
import { type Row, useRowEdits } from "./use-row-edits";

const all = "\u0000all";
const none: ReadonlySet<string> = new Set();

/** One dataset: its rows as a grid, what they are filtered by, and its versions. */
export function DatasetPage({ id }: { readonly id: string }) {
  const t = useTranslations("datasets");
  const evaluation = useTranslations("evaluation");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [search, setSearch] = useState("");
  const [tag, setTag] = useState(all);
  const [split, setSplit] = useState(all);
  const [selected, setSelected] = useState(none);
  const [opened, setOpened] = useState<string | null>(null);
  const query = useDeferredValue(search.trim());
  const dataset = useQuery(trpc.dataset.get.queryOptions({ id }));
  const filter = {
    id,
    ...(query !== "" && { query }),
    ...(tag !== all && { tag }),
    ...(split !== all && { split: split as (typeof datasetSplits)[number] }),
  };
  const key = [...trpc.dataset.rows.queryKey(filter), "pages"];
  const pages = useInfiniteQuery({
    queryKey: key,
    queryFn: ({ pageParam, signal }) => client.dataset.rows.query({ ...filter, cursor: pageParam }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  const refresh = useCallback(
    () => void queries.invalidateQueries({ queryKey: trpc.dataset.pathKey() }),
    [queries, trpc.dataset],
  );
  const replace = (changed: Row) =>
    queries.setQueryData(
      key,
      (data: InfiniteData<RouterOutputs["dataset"]["rows"], number | null> | undefined) =>
        data && {
          ...data,
          pages: data.pages.map((page) => ({
            ...page,
            rows: page.rows.map((row) => (row.id === changed.id ? changed : row)),
          })),
        },
    );
  const edits = useRowEdits(id, replace, refresh);
  const add = useMutation(trpc.dataset.addRows.mutationOptions({ onError, onSuccess: refresh }));
  const remove = useMutation(
    trpc.dataset.removeRows.mutationOptions({
      onError,
      onSuccess: () => {
        setSelected(none);
        refresh();
      },
    }),
  );
  const mark = useMutation(trpc.dataset.markRows.mutationOptions({ onError, onSuccess: refresh }));
  const version = useMutation(
    trpc.dataset.saveVersion.mutationOptions({
      onError,
      onSuccess: ({ number }) => {
        toast.success(t("page.versionSaved", { number }));
        refresh();
      },
    }),
  );
  const fetchNext = pages.fetchNextPage;
  const onEnd = useCallback(() => void fetchNext(), [fetchNext]);
  const parents = [{ title: evaluation("tabs.datasets"), href: "/evaluation/datasets" }];
  if (dataset.isError)
    return (
      <>
        <PageHeader title="" parents={parents} />
        <QueryError error={dataset.error} onRetry={() => void dataset.refetch()} className="flex-1" />
      </>
    );
  if (dataset.isPending)
    return (
      <>
        <PageHeader title="" parents={parents} />
        <Skeleton className="m-5 h-60" />
      </>
    );
  const { name, columns, rowCount, versions, frozen, tags } = dataset.data;
  const newest = versions[0];
  const open = rows.find((row) => row.id === opened);
  const ids = [...selected].slice(0, 1_000);
  return (
    <>
      <PageHeader
        title={name}
        parents={parents}
        aside={
          <>
            <span className="tabular">{t("page.rows", { count: rowCount })}</span>
            <span className="text-faint">
              {newest === undefined
                ? t("page.noVersion")
                : frozen
                  ? t("page.currentVersion", {
                      number: versions.find(({ current }) => current)?.number ?? newest.number,
                    })
                  : t("page.changedSince", { number: newest.number })}
            </span>
          </>
        }
        actions={
          <>
            <Button disabled={rowCount === 0 || frozen} busy={version.isPending} onClick={() => version.mutate({ id })}>
              {t("page.version")}
            </Button>
            <Button asChild>
              <Link href={`/evaluation/datasets/new?into=${id}`}>
                <Import />
                {t("page.addRows")}
              </Link>
            </Button>
            <Button variant="primary" asChild>
              <Link href={`/evaluation/experiments/new?dataset=${id}`}>
                <Scale />
                {t("page.evaluate")}
              </Link>
            </Button>
            <DatasetMenu dataset={dataset.data} rows={rows} />
          </>
        }
      />
      <div className="flex h-12 shrink-0 items-center gap-2 border-line border-b px-5">
        {selected.size > 0 ? (
          <>
            <span className="text-sm">{t("page.selected", { count: selected.size })}</span>
            <Select
              aria-label={t("page.setSplit")}
              placeholder={t("page.setSplit")}
              className="w-32"
              value=""
              onValueChange={(value) =>
                mark.mutate({ id, rowIds: ids, split: datasetSplits.find((each) => each === value) ?? null })
              }
            >
              <SelectItem value="none">{t("page.noSplit")}</SelectItem>
              {datasetSplits.map((each) => (
                <SelectItem key={each} value={each}>
                  {t(`split.${each}`)}
                </SelectItem>
              ))}
            </Select>
            <Button variant="danger" busy={remove.isPending} onClick={() => remove.mutate({ id, rowIds: ids })}>
              <Trash2 />
              {t("page.removeRows", { count: ids.length })}
            </Button>
          </>
        ) : (
          <>
            <SearchField label={t("page.search")} value={search} onValueChange={setSearch} className="w-64" />
            {tags.length > 0 ? (
              <Select aria-label={t("page.filterTag")} className="w-40" value={tag} onValueChange={setTag}>
                <SelectItem value={all}>{t("page.allTags")}</SelectItem>
                {tags.map((each) => (
                  <SelectItem key={each.tag} value={each.tag} hint={each.rows}>
                    {each.tag}
                  </SelectItem>
                ))}
              </Select>
            ) : null}
            {Object.keys(dataset.data.splits).length > 0 ? (
              <Select aria-label={t("page.filterSplit")} className="w-36" value={split} onValueChange={setSplit}>
                <SelectItem value={all}>{t("page.allSplits")}</SelectItem>
                {datasetSplits.map((each) => (
                  <SelectItem key={each} value={each} hint={dataset.data.splits[each] ?? 0}>
                    {t(`split.${each}`)}
                  </SelectItem>
                ))}
              </Select>
            ) : null}
            <Button className="ml-auto" busy={add.isPending} onClick={() => add.mutate({ id, rows: [{}] })}>
              <Plus />
              {t("page.addRow")}
            </Button>
          </>
        )}
      </div>
      {pages.isError ? (
        <QueryError error={pages.error} onRetry={() => void pages.refetch()} className="flex-1" />
      ) : pages.isPending ? (
        <Skeleton className="m-5 h-60" />
      ) : rows.length === 0 ? (
        <EmptyState
          icon={<Table2 />}
          title={rowCount === 0 ? t("page.noRows") : t("page.noneFits")}
          {...(rowCount === 0 && { description: t("page.noRowsHelp") })}
          className="flex-1"
        />
      ) : (
        <DatasetGrid
          name={name}
          columns={columns}
          rows={rows}
          selected={selected}
          onSelect={setSelected}
          onChange={(row, change) => void edits.change(row, change)}
          onAdd={(more) => add.mutate({ id, rows: more })}
          onUndo={() => edits.undo(rows)}
          onOpen={(row) => setOpened(row.id)}
          {...(pages.hasNextPage && { onEnd })}
        />
      )}
      {open ? (
        <RowSheet
          key={open.id}
          row={open}
          number={rows.indexOf(open) + 1}
          columns={columns}
          onClose={() => setOpened(null)}
          onSave={(change) => {
            void edits.change(open, change);
            setOpened(null);
          }}
        />
      ) : null}
    </>
  );
}
