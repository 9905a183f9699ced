import { z } from "zod";

/**
 * structure: packs paragraphs, and cuts at headings, paragraphs and sentences, in this order.
 * heading: like it, and every heading begins a new chunk.
 * token: like structure, with size and overlap in tokens (see `estimate-tokens`) instead of characters.
 * row: every row of a table is a chunk; text outside tables is cut by structure.
 */
export const chunkWays = ["structure", "heading", "token", "row"] as const;

export const chunkLimits = { minimumSize: 50, maximumSize: 8000 } as const;
export const chunkDefaults = { by: "structure", size: 1000, overlap: 200 } as const;

/** Sizes are in UTF-16 code units, except by token. */
export const chunkSettings = z.object({
  by: z.enum(chunkWays).default(chunkDefaults.by),
  size: z.int().min(chunkLimits.minimumSize).max(chunkLimits.maximumSize).default(chunkDefaults.size),
  /** How much of a chunk's end the next one repeats at most; no more than half of the size is ever repeated. */
  overlap: z
    .int()
    .min(0)
    .max(chunkLimits.maximumSize / 2)
    .default(chunkDefaults.overlap),
});
export type ChunkSettings = z.output<typeof chunkSettings>;
