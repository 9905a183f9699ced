"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTRPC, useTRPCClient } from "@/components/trpc/client";

/** A document's chunks from its beginning, as far as `upTo`; none while they are not wanted. */
export const useChunks = (id: string, wanted: boolean, upTo: number) => {
  const trpc = useTRPC();
  const client = useTRPCClient();
  const query = useInfiniteQuery({
    queryKey: [...trpc.knowledge.chunks.queryKey({ id }), "pages"],
    queryFn: ({ pageParam, signal }) =>
      client.knowledge.chunks.query({ id, cursor: pageParam, limit: 100 }, { signal }),
    initialPageParam: 0,
    getNextPageParam: (page) => page.nextCursor,
    enabled: wanted,
    staleTime: 60_000,
  });
  const { data, hasNextPage, isFetching, fetchNextPage } = query;
  const reached = data?.pages.at(-1)?.items.at(-1)?.start ?? 0;
  useEffect(() => {
    if (wanted && hasNextPage && !isFetching && reached < upTo) void fetchNextPage();
  }, [wanted, hasNextPage, isFetching, reached, upTo, fetchNextPage]);
  const pages = data?.pages;
  return useMemo(
    () =>
      wanted
        ? (pages?.flatMap((page) => page.items.map(({ start, end, position }) => ({ start, end, position }))) ?? [])
        : [],
    [wanted, pages],
  );
};
