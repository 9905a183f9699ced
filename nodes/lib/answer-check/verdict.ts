import { z } from "zod";

/** What was found of one sentence of an answer. */
export const sentenceVerdict = z.object({
  text: z.string(),
  supported: z.boolean(),
  /** Place of its best source in the list of sources, from 0; null where none comes near. */
  source: z.int().nullable(),
  /** Likeness to that source, 0 to 1; of a judging model 1 or 0. */
  score: z.number(),
  /** Numbers, dates and names of the sentence that the source does not have, compared by what they say. */
  missing: z.array(z.string()),
  /** Whether the source says the opposite: one of the two denies what the other one says. */
  contradicted: z.boolean(),
});
export type SentenceVerdict = z.output<typeof sentenceVerdict>;
