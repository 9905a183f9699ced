"use client";

import { useQueries, useQueryClient } from "@tanstack/react-query";
import { useTRPC } from "@/components/trpc/client";
import { type ChunkRange, chunksAtOnce, pagesFor } from "./chunk-pages";
import type { TextRange } from "./lay-out-piece";

export interface ChunksOptions {
  readonly id: string;
  readonly chunkCount: number;
  readonly textLength: number;
  /** What is in sight; null while chunks are not wanted. */
  readonly range: TextRange | null;
}

const none: readonly ChunkRange[] = [];

/** The chunks of the part of a document that is in sight. */
export const useChunks = ({ id, chunkCount, textLength, range }: ChunksOptions): readonly ChunkRange[] => {
  const trpc = useTRPC();
  const queries = useQueryClient();
  const input = (page: number) => ({ id, cursor: page * chunksAtOnce, limit: chunksAtOnce });
  const known = (page: number) => queries.getQueryData(trpc.knowledge.chunks.queryKey(input(page)))?.items;
  const pages = range ? pagesFor({ chunkCount, textLength, range, known }) : [];
  return useQueries({
    queries: pages.map((page) => trpc.knowledge.chunks.queryOptions(input(page), { staleTime: 60_000 })),
    combine: combineChunks,
  });
};

type Page = { readonly data: { readonly items: readonly ChunkRange[] } | undefined };

/** Stands outside, so that its result is made anew only when an answer came. */
const combineChunks = (answers: readonly Page[]): readonly ChunkRange[] =>
  answers.length === 0 ? none : answers.flatMap(({ data }) => data?.items ?? []);
