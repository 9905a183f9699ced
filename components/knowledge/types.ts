import type { RouterOutputs } from "@/components/trpc/client";

export type BaseItem = RouterOutputs["knowledge"]["list"]["items"][number];
export type Base = RouterOutputs["knowledge"]["get"];
export type DocumentItem = RouterOutputs["knowledge"]["documents"]["items"][number];
export type DocumentView = RouterOutputs["knowledge"]["document"];
export type SearchReply = RouterOutputs["knowledge"]["search"];
export type SearchHit = SearchReply["hits"][number];
export type QuestionItem = RouterOutputs["knowledge"]["questions"]["items"][number];
export type Measure = RouterOutputs["knowledge"]["measure"];

export type SearchWay = keyof Measure["ways"];
export const searchWays = ["fused", "vector", "text"] as const satisfies readonly SearchWay[];

export type ChunkWay = Base["chunkBy"];
export const chunkWays = ["structure", "heading", "token", "row"] as const satisfies readonly ChunkWay[];

/** Bounds that forms keep to; the app holds them. */
export const limits = {
  name: 120,
  description: 1_000,
  query: 2_000,
  text: 2_000_000,
  documentName: 255,
  questions: 200,
} as const;
export const chunkLimits = { smallest: 50, largest: 8_000, size: 1_000, overlap: 200 } as const;
