"use client";

import { keepPreviousData, useInfiniteQuery, useMutation, useQueryClient } from "@tanstack/react-query";
import { Inbox as InboxIcon } from "lucide-react";
import { useRouter, useSearchParams } from "next/navigation";
import { useTranslations } from "next-intl";
import { useMemo, useState } from "react";
import { PageHeader } from "@/components/shell/page-header";
import { usePageKeys } from "@/components/shell/use-page-keys";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { useErrorToast } from "@/components/trpc/use-error-toast";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { toast } from "@/components/ui/toaster";
import { InboxFigures } from "./inbox-figures";
import { InboxFilters } from "./inbox-filters";
import { InboxList } from "./inbox-list";
import { inboxAddress, readInboxPlace } from "./inbox-place";
import { InboxTask } from "./inbox-task";

/** How often the list is read again: what people are asked comes from runs that nobody looks at. */
const lookMs = 10_000;

/** What people are asked by the runs of all pipelines: a list, and the one that is open beside it. */
export function Inbox() {
  const t = useTranslations("inbox");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const queries = useQueryClient();
  const router = useRouter();
  const onError = useErrorToast();
  const place = readInboxPlace(useSearchParams());
  const { state, mine, pipelineId, runId, query } = place;
  const input = { state, mine, limit: 50, pipelineId, runId, query };
  const list = useInfiniteQuery({
    queryKey: [...trpc.inbox.list.queryKey(input), "pages"],
    queryFn: ({ pageParam, signal }) => client.inbox.list.query({ ...input, cursor: pageParam }, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: read }) => (read.data?.pages.length === 1 ? lookMs : false),
  });
  const items = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const [marked, setMarked] = useState<ReadonlySet<string>>(new Set());
  // Chosen at once, not when the address has followed: the next key must never answer the one before.
  const [task, setTask] = useState(place.task);
  const at = items.findIndex(({ id }) => id === task);
  // Without a choice the first is open; a link to one that is not in the list opens it all the same.
  const open = task ?? items[0]?.id ?? null;
  const go = (to: Partial<typeof place>) => {
    const next = { ...place, task, ...to };
    setTask(next.task);
    router.replace(inboxAddress(next), { scroll: false });
  };
  const step = (by: number) => {
    const from = at < 0 ? (task === null && items.length > 0 ? 0 : -1) : at;
    const next = items[Math.min(items.length - 1, Math.max(0, from + by))];
    if (next) go({ task: next.id });
  };
  const refresh = () => queries.invalidateQueries({ queryKey: trpc.inbox.pathKey() });
  const decided = () => {
    const from = Math.max(at, 0);
    const next = items[from + 1] ?? items[from - 1];
    go({ task: state === "open" ? (next?.id ?? null) : task });
    void refresh();
  };
  const many = useMutation(
    trpc.inbox.decideMany.mutationOptions({
      onError,
      onSuccess: ({ results }) => {
        const refused = results.filter(({ message }) => message !== null);
        const count = results.length - refused.length;
        if (refused.length === 0) toast.success(t("decidedMany", { count }));
        else toast.error(t("refusedMany", { count, refused: refused.length }), { description: refused[0]?.message });
        setMarked(new Set());
        go({ task: null });
        void refresh();
      },
    }),
  );
  const mark = (id: string) =>
    setMarked((before) => {
      const next = new Set(before);
      if (!next.delete(id)) next.add(id);
      return next;
    });
  usePageKeys({
    ...Object.fromEntries(["j", "ArrowDown"].map((key) => [key, () => step(1)])),
    ...Object.fromEntries(["k", "ArrowUp"].map((key) => [key, () => step(-1)])),
    x: () => {
      if (open !== null && state === "open") mark(open);
    },
  });
  const chosen = items.filter(({ id }) => marked.has(id)).map(({ id }) => id);
  return (
    <>
      <PageHeader title={t("title")} actions={state === "closed" ? <InboxFigures pipelineId={pipelineId} /> : null} />
      <InboxFilters place={place} onPlace={go} />
      {list.isError ? (
        <QueryError error={list.error} onRetry={() => void list.refetch()} className="flex-1" />
      ) : (
        <div className="flex min-h-0 flex-1">
          <div className="flex w-[clamp(280px,30vw,400px)] shrink-0 flex-col border-line border-r">
            <InboxList
              items={items}
              loading={list.isPending}
              open={open}
              marked={marked}
              onOpen={(id) => go({ task: id })}
              {...(state === "open" && { onMark: mark })}
              {...(list.hasNextPage && !list.isFetchingNextPage && { onEnd: () => void list.fetchNextPage() })}
            />
            {chosen.length === 0 ? null : (
              <div className="flex h-11 shrink-0 items-center gap-2 border-line border-t bg-surface px-3">
                <span className="flex-1 text-muted text-sm">{t("marked", { count: chosen.length })}</span>
                <Button busy={many.isPending} onClick={() => many.mutate({ ids: chosen, action: "reject" })}>
                  {t("reject")}
                </Button>
                <Button
                  variant="primary"
                  busy={many.isPending}
                  onClick={() => many.mutate({ ids: chosen, action: "approve" })}
                >
                  {t("approve")}
                </Button>
              </div>
            )}
          </div>
          {open === null ? (
            <EmptyState
              className="flex-1"
              icon={<InboxIcon />}
              title={list.isPending ? "" : t(state === "open" ? "nothingOpen" : "nothingClosed")}
              description={list.isPending ? "" : t("nothingHelp")}
            />
          ) : (
            <InboxTask key={open} id={open} onDecided={decided} />
          )}
        </div>
      )}
    </>
  );
}
