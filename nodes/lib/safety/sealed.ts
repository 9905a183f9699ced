import { z } from "zod";

/** What safety/check hands to safety/restore: the cipher of a record of token -> original, empty where nothing was masked. */
export const sealedOriginals = z.object({
  count: z.int().min(0),
  cipher: z.string().max(20_000_000),
});

export const originals = z.record(z.string(), z.string());
