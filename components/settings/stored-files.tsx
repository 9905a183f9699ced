"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { FileIcon, Trash2 } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { fileUrl, formatSize } from "@/components/run/file-value";
import { Section } from "@/components/shell/section";
import { type RouterOutputs, useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { AlertDialog } from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { IconButton } from "@/components/ui/icon-button";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toaster";

type StoredFile = RouterOutputs["file"]["list"]["items"][number];

/** Files of one page of the list. */
const pageSize = 10;

/** What the workspace keeps, how much room it takes, and the way to be rid of it. */
export function StoredFiles({ mayRemove }: { readonly mayRemove: boolean }) {
  const t = useTranslations("file.stored");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [query, setQuery] = useState("");
  const usage = useQuery(trpc.file.usage.queryOptions());
  const input = { limit: pageSize, query };
  const files = useInfiniteQuery({
    queryKey: [...trpc.file.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.file.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  });
  const items = files.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Section id="files" title={t("title")} description={t("description")}>
      {usage.data ? <Usage usage={usage.data} /> : null}
      {usage.data && usage.data.count > pageSize ? (
        <SearchField label={t("search")} value={query} onValueChange={setQuery} className="w-80" />
      ) : null}
      {files.isPending ? <Skeleton className="h-16 w-full" /> : null}
      {files.isError ? <QueryError error={files.error} onRetry={() => void files.refetch()} className="py-6" /> : null}
      {files.data && items.length === 0 ? (
        <EmptyState
          className="rounded-lg border border-line border-dashed py-8"
          icon={<FileIcon />}
          title={t("empty")}
        />
      ) : null}
      {items.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line">
          {items.map((file) => (
            <StoredFileRow key={file.fileId} file={file} mayRemove={mayRemove} />
          ))}
        </ul>
      ) : null}
      {files.hasNextPage ? (
        <Button className="self-start" busy={files.isFetchingNextPage} onClick={() => void files.fetchNextPage()}>
          {t("more")}
        </Button>
      ) : null}
    </Section>
  );
}

function Usage({ usage }: { readonly usage: RouterOutputs["file"]["usage"] }) {
  const t = useTranslations("file.stored");
  const { count, size, quota } = usage;
  const label = t("usage", { used: formatSize(size), quota: formatSize(quota), count });
  return (
    <div className="flex max-w-80 flex-col gap-1.5">
      <p className="text-muted text-sm">{label}</p>
      <ProgressBar label={label} value={size} most={quota} />
    </div>
  );
}

function StoredFileRow({ file, mayRemove }: { readonly file: StoredFile; readonly mayRemove: boolean }) {
  const t = useTranslations("file.stored");
  const trpc = useTRPC();
  const queries = useQueryClient();
  const onError = useErrorToast();
  const [asking, setAsking] = useState(false);
  const remove = useMutation(
    trpc.file.remove.mutationOptions({
      onError,
      onSuccess: () => toast.success(t("removed")),
      onSettled: () => queries.invalidateQueries({ queryKey: trpc.file.pathKey() }),
    }),
  );
  return (
    <li className="flex min-h-12 items-center gap-4 px-4 py-2">
      <div className="min-w-0 flex-1">
        <p className="truncate font-medium">
          <a href={fileUrl(file)} download={file.name} className="hover:underline">
            {file.name}
          </a>
        </p>
        <p className="truncate text-faint text-xs">{file.mediaType}</p>
      </div>
      <p className="tabular w-20 shrink-0 text-right text-muted text-xs">{formatSize(file.size)}</p>
      <p className="w-40 shrink-0 text-muted text-xs">
        {t("added")} <RelativeTime date={file.createdAt} />
      </p>
      <p className="w-40 shrink-0 text-muted text-xs">
        {file.expiresAt ? (
          <>
            {t("until")} <RelativeTime date={file.expiresAt} />
          </>
        ) : (
          t("always")
        )}
      </p>
      {mayRemove ? (
        <IconButton size="sm" label={t("remove", { name: file.name })} onClick={() => setAsking(true)}>
          <Trash2 />
        </IconButton>
      ) : null}
      <AlertDialog
        open={asking}
        onOpenChange={setAsking}
        title={t("removeTitle")}
        description={t("removeText", { name: file.name })}
        action={t("removeAction")}
        busy={remove.isPending}
        onAction={() => remove.mutate({ id: file.fileId })}
      />
    </li>
  );
}
