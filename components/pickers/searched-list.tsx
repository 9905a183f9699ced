"use client";

import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useTranslations } from "next-intl";
import { type ReactNode, useDeferredValue, useState } from "react";
import { QueryError } from "@/components/trpc/query-error";
import { Button } from "@/components/ui/button";
import { cn } from "@/components/ui/cn";
import { SearchField } from "@/components/ui/search-field";
import { Skeleton } from "@/components/ui/skeleton";

interface Page<Item> {
  readonly items: readonly Item[];
  readonly nextCursor: string | null;
}

export interface SearchedListProps<Item> {
  /** What is searched. */
  readonly label: string;
  readonly queryKey: readonly unknown[];
  readonly page: (
    asked: { readonly query: string; readonly cursor: string | null },
    signal: AbortSignal,
  ) => Promise<Page<Item>>;
  /** In place of list and search where there is nothing to look for. */
  readonly empty: ReactNode;
  readonly itemId: (item: Item) => string;
  /** Of the list. */
  readonly className?: string;
  readonly children: (item: Item) => ReactNode;
}

/** A list within a form, of any length: searched on the server, read page by page. */
export function SearchedList<Item>(props: SearchedListProps<Item>) {
  const { label, queryKey, page, empty, itemId, className, children } = props;
  const t = useTranslations("ui");
  const [typed, setTyped] = useState("");
  const query = useDeferredValue(typed.trim());
  const list = useInfiniteQuery({
    queryKey: [...queryKey, "searched", query],
    queryFn: ({ pageParam, signal }) => page({ query, cursor: pageParam }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: ({ nextCursor }) => nextCursor,
    placeholderData: keepPreviousData,
  });
  if (list.isPending) return <Skeleton className="h-24 w-full" />;
  if (list.isError) return <QueryError error={list.error} onRetry={() => void list.refetch()} />;
  const items = list.data.pages.flatMap((each) => each.items);
  if (items.length === 0 && query === "" && !list.isPlaceholderData) return empty;
  return (
    <div className="flex min-h-0 flex-col gap-2">
      <SearchField label={label} value={typed} onValueChange={setTyped} />
      <ul
        aria-busy={list.isFetching}
        className={cn("min-h-0 overflow-y-auto rounded-md border border-line", className)}
      >
        {items.map((item) => (
          <li key={itemId(item)}>{children(item)}</li>
        ))}
        {items.length === 0 ? <li className="px-3 py-2 text-muted text-sm">{t("nothingFound")}</li> : null}
        {list.hasNextPage ? (
          <li className="px-2 py-1.5">
            <Button size="sm" variant="ghost" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              {t("showMore")}
            </Button>
          </li>
        ) : null}
      </ul>
    </div>
  );
}
