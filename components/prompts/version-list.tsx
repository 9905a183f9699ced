"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { GitBranch, GitCompareArrows, GitMerge } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";
import { QueryError } from "@/components/trpc/query-error";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { IconButton } from "@/components/ui/icon-button";
import { RelativeTime } from "@/components/ui/relative-time";
import { Skeleton } from "@/components/ui/skeleton";
import { latestLabel } from "@/nodes/lib/prompt/prompt-name";
import type { PromptView } from "./prompt-workbench";
import { VersionsDialog } from "./versions-dialog";

interface VersionListProps {
  readonly prompt: PromptView;
  readonly shown: number;
  readonly onChoose: (number: number) => void;
  /** Asks to merge that version into the one that is shown. */
  readonly onMerge: (number: number) => void;
}

/** The history, newest first: who wrote what when, from which version, and which labels point at it. */
export function VersionList({ prompt, shown, onChoose, onMerge }: VersionListProps) {
  const t = useTranslations("prompts");
  const trpc = useTRPC();
  const client = useTRPCClient();
  const [compared, setCompared] = useState<number | null>(null);
  const { id, labels, newest } = prompt;
  const list = useInfiniteQuery({
    queryKey: [...trpc.prompt.versions.queryKey({ id }), "pages"],
    queryFn: ({ pageParam, signal }) =>
      client.prompt.versions.query({ id, ...(pageParam === null ? {} : { before: pageParam }) }, { signal }),
    initialPageParam: null as number | null,
    getNextPageParam: (page) => page.next,
  });
  if (list.isError) return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  if (list.isPending) return <Skeleton className="m-4 h-40" />;
  const versions = list.data.pages.flatMap((page) => page.versions);
  return (
    <>
      <ul className="flex flex-col">
        {versions.map(({ number, note, by, parent, merged, createdAt }) => (
          <li
            key={number}
            className={cn("group relative flex gap-1 border-line border-b pr-2", number === shown && "bg-active")}
          >
            <button
              type="button"
              aria-current={number === shown}
              className="flex min-w-0 flex-1 flex-col gap-1 py-2.5 pl-4 text-left text-sm hover:bg-hover"
              onClick={() => onChoose(number)}
            >
              <span className="flex min-w-0 flex-wrap items-center gap-1">
                <span className="mr-1 font-medium">{t("version", { number })}</span>
                {number === newest ? <Badge tone="outline">{latestLabel}</Badge> : null}
                {labels
                  .filter((label) => label.number === number)
                  .map(({ name }) => (
                    <Badge key={name} tone={name === "production" ? "ok" : "neutral"}>
                      {name}
                    </Badge>
                  ))}
              </span>
              {note === "" ? null : <span className="break-words text-muted">{note}</span>}
              <span className="flex flex-wrap items-center gap-x-2 text-faint text-xs">
                {by ?? t("nobody")}
                <RelativeTime date={createdAt} />
                {parent !== null && parent !== number - 1 ? (
                  <span className="inline-flex items-center gap-0.5">
                    <GitBranch className="size-3" />
                    {t("from", { number: parent })}
                  </span>
                ) : null}
                {merged === null ? null : (
                  <span className="inline-flex items-center gap-0.5">
                    <GitMerge className="size-3" />
                    {t("mergedWith", { number: merged })}
                  </span>
                )}
              </span>
            </button>
            {number === shown ? null : (
              <span className="mt-2 flex shrink-0">
                <IconButton
                  size="sm"
                  side="left"
                  label={t("compareWith", { number: shown })}
                  onClick={() => setCompared(number)}
                >
                  <GitCompareArrows />
                </IconButton>
                <IconButton
                  size="sm"
                  side="left"
                  label={t("mergeInto", { from: number, into: shown })}
                  onClick={() => onMerge(number)}
                >
                  <GitMerge />
                </IconButton>
              </span>
            )}
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <div className="p-3 text-center">
          <Button size="sm" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t("more")}
          </Button>
        </div>
      ) : null}
      {compared === null ? null : (
        <VersionsDialog
          id={id}
          before={Math.min(compared, shown)}
          after={Math.max(compared, shown)}
          onClose={() => setCompared(null)}
        />
      )}
    </>
  );
}
