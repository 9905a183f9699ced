"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { Download, Ellipsis, MessageSquareText, Plus, Sparkles, Upload } from "lucide-react";
import { useTranslations } from "next-intl";
import { lazy, Suspense, useDeferredValue, useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import type { DataColumn } from "@/components/ui/data-row";
import { DataTable } from "@/components/ui/data-table";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { RowLink } from "@/components/ui/row-link";
import { SearchField } from "@/components/ui/search-field";
import { Segmented } from "@/components/ui/segmented";
import { toast } from "@/components/ui/toaster";
import { NewPromptDialog } from "./new-prompt-dialog";
import { PromptPlaces } from "./prompt-places";
import { savePromptFile } from "./save-prompt-file";

type Item = RouterOutputs["prompt"]["list"]["items"][number];
const ImportDialog = lazy(() => import("./import-dialog"));
const StarterDialog = lazy(() => import("./starter-dialog"));
const none: readonly never[] = [];
const kinds = ["all", "chat", "text", "rubric"] as const;

const useColumns = (): readonly DataColumn<Item>[] => {
  const t = useTranslations("prompts");
  return useMemo(
    () => [
      {
        id: "name",
        header: t("column.name"),
        width: "minmax(200px,1.6fr)",
        cell: ({ id, name, folder }) => (
          <span className="flex min-w-0 items-baseline gap-2">
            <RowLink href={`/prompts/${id}`}>{name}</RowLink>
            <span className="truncate text-faint text-xs">{folder}</span>
          </span>
        ),
      },
      {
        id: "kind",
        header: t("column.kind"),
        width: "72px",
        cell: ({ kind }) => <span className="text-muted">{t(`kind.${kind}`)}</span>,
      },
      {
        id: "labels",
        header: t("column.labels"),
        width: "minmax(140px,1fr)",
        cell: ({ labels }) => (
          <span className="flex min-w-0 gap-1 overflow-hidden">
            {labels.slice(0, 3).map(({ name, number }) => (
              <Badge key={name} tone={name === "production" ? "ok" : "neutral"}>
                {t("labelAt", { label: name, number })}
              </Badge>
            ))}
          </span>
        ),
      },
      {
        id: "tags",
        header: t("column.tags"),
        width: "minmax(100px,0.8fr)",
        cell: ({ tags, taskType }) => (
          <span className="truncate text-muted">{[taskType, ...tags].filter((each) => each !== "").join(", ")}</span>
        ),
      },
      {
        id: "newest",
        header: t("column.newest"),
        width: "80px",
        align: "end",
        cell: ({ newest }) => <span className="tabular">{newest}</span>,
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

/** The library: folders and tags on the left, what stands in them on the right, latest change first. */
export function Prompts() {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [search, setSearch] = useState("");
  const [folder, setFolder] = useState("");
  const [tag, setTag] = useState<string | null>(null);
  const [kind, setKind] = useState<(typeof kinds)[number]>("all");
  const [creating, setCreating] = useState(false);
  const [starting, setStarting] = useState(false);
  const [importing, setImporting] = useState(false);
  const onError = useErrorToast();
  const exportAll = useMutation({
    mutationFn: async () => {
      const { prompts } = await client.prompt.export.query({ folder });
      await savePromptFile(folder === "" ? "prompts" : folder, prompts);
      return prompts.length;
    },
    onError,
    onSuccess: (count) => toast.success(t("exported", { count })),
  });
  const query = useDeferredValue(search.trim());
  const input = {
    limit: 100,
    ...(query !== "" && { query }),
    ...(folder !== "" && { folder }),
    ...(tag !== null && { tag }),
    ...(kind !== "all" && { kinds: [kind] }),
  };
  const places = useQuery(trpc.prompt.places.queryOptions());
  const list = useInfiniteQuery({
    queryKey: [...trpc.prompt.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.prompt.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => list.data?.pages.flatMap(({ items }) => items) ?? none, [list.data]);
  const columns = useColumns();
  usePageKeys({ n: () => setCreating(true) });
  const begin = (
    <Button onClick={() => setStarting(true)}>
      <Sparkles />
      {t("starters")}
    </Button>
  );
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus />
      {t("new")}
    </Button>
  );
  const isFiltered = Object.keys(input).length > 1;
  const showAll = () => {
    setSearch("");
    setFolder("");
    setTag(null);
    setKind("all");
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        actions={
          <>
            <DropdownMenu>
              <DropdownMenuTrigger asChild>
                <IconButton label={t("moreActions")}>
                  <Ellipsis />
                </IconButton>
              </DropdownMenuTrigger>
              <DropdownMenuContent align="end">
                <DropdownMenuItem onSelect={() => setImporting(true)}>
                  <Upload />
                  {t("importFiles")}
                </DropdownMenuItem>
                <DropdownMenuItem disabled={rows.length === 0} onSelect={() => exportAll.mutate()}>
                  <Download />
                  {t("exportAll", { folder: folder === "" ? "all" : folder })}
                </DropdownMenuItem>
              </DropdownMenuContent>
            </DropdownMenu>
            {begin}
            {create}
          </>
        }
      />
      {list.isError ? (
        <QueryError error={list.error} onRetry={() => void list.refetch()} className="flex-1" />
      ) : (
        <div className="flex min-h-0 flex-1">
          {places.data && places.data.prompts > 0 ? (
            <PromptPlaces
              places={places.data}
              folder={folder}
              tag={tag}
              onFolder={(next) => {
                setFolder(next);
                if (next === "") setTag(null);
              }}
              onTag={setTag}
            />
          ) : null}
          <div className="flex min-w-0 flex-1 flex-col">
            {rows.length > 0 || isFiltered ? (
              <div className="flex items-center gap-2 border-line border-b px-5 py-2">
                <SearchField label={t("search")} value={search} onValueChange={setSearch} className="w-64" />
                <Segmented
                  label={t("column.kind")}
                  value={kind}
                  onValueChange={setKind}
                  options={kinds.map((value) => ({ value, label: t(`kind.${value}`) }))}
                />
              </div>
            ) : null}
            <DataTable
              label={t("title")}
              rows={rows}
              columns={columns}
              rowId={({ id }) => id}
              loading={list.isPending}
              {...(list.hasNextPage && { onEnd: () => void list.fetchNextPage() })}
              empty={
                isFiltered ? (
                  <EmptyState title={t("noneFound")} actions={<Button onClick={showAll}>{t("showAll")}</Button>} />
                ) : (
                  <EmptyState
                    icon={<MessageSquareText />}
                    title={t("none")}
                    description={t("noneHelp")}
                    actions={
                      <>
                        {begin}
                        {create}
                      </>
                    }
                  />
                )
              }
            />
          </div>
        </div>
      )}
      {importing ? (
        <Suspense>
          <ImportDialog onClose={() => setImporting(false)} />
        </Suspense>
      ) : null}
      {starting ? (
        <Suspense>
          <StarterDialog onClose={() => setStarting(false)} />
        </Suspense>
      ) : null}
      {creating ? <NewPromptDialog folder={folder} onClose={() => setCreating(false)} /> : null}
    </>
  );
}
