"use client";

import { useQueries } from "@tanstack/react-query";
import { useMemo } from "react";
import { useTRPC } from "@/components/trpc/client";
import { type Piece, partOf, partRange, piecesIn, piecesOfPart } from "./text-pieces";

export interface DocumentText {
  /** undefined while it is on its way. */
  readonly pieceOf: (index: number) => Piece | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

/** The text of the pieces in sight, fetched part by part. */
export const useDocumentText = (id: string, textLength: number, visible: readonly number[]): DocumentText => {
  const trpc = useTRPC();
  const parts = [...new Set(visible.map(partOf))];
  const results = useQueries({
    queries: parts.map((part) =>
      trpc.knowledge.documentText.queryOptions(
        { id, ...partRange(part, textLength) },
        { staleTime: Number.POSITIVE_INFINITY },
      ),
    ),
    combine: (all) => ({
      texts: all.map(({ data }) => data?.text),
      error: all.find(({ isError }) => isError)?.error ?? null,
      retry: () => {
        for (const one of all) if (one.isError) void one.refetch();
      },
    }),
  });
  const partKey = parts.join(",");
  const { texts } = results;
  const pieces = useMemo(
    () =>
      new Map(
        partKey.split(",").flatMap((part, index): [number, readonly Piece[]][] => {
          const text = texts[index];
          return part === "" || text === undefined ? [] : [[Number(part), piecesIn(Number(part), text, textLength)]];
        }),
      ),
    [partKey, texts, textLength],
  );
  return {
    pieceOf: (index) => pieces.get(partOf(index))?.[index % piecesOfPart],
    error: results.error,
    retry: results.retry,
  };
};
