import { z } from "zod";

/** A passage that a search found, with all that a citation needs. */
export const source = z.object({
  /** Of the passage, unique in its knowledge base. */
  id: z.string(),
  knowledgeBaseId: z.string(),
  documentId: z.string(),
  documentName: z.string(),
  text: z.string(),
  /** Higher is better; comparable only within one search. */
  score: z.number(),
  /** First page of the passage, from 1; absent where the document has no pages. */
  page: z.int().min(1).optional(),
  /** Headings above the passage, outermost first, joined by " > ". */
  heading: z.string().optional(),
  /** Where the passage stands in the document's plain text, in UTF-16 code units, end exclusive. */
  start: z.int().min(0),
  end: z.int().min(0),
  metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
});
export type Source = z.output<typeof source>;
