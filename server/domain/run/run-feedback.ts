import { z } from "zod";
import { isStorableText } from "@/server/platform/guard/storable";

export const ratings = ["good", "bad"] as const;

/** What somebody thinks of a run's answer. */
export const runFeedback = {
  /** null takes the rating back. */
  rating: z.enum(ratings).nullable(),
  /** What the answer should have been, at most 20,000 characters. */
  correction: z
    .string()
    .trim()
    .max(20_000)
    .refine(isStorableText, "Half a character or a NUL cannot be stored.")
    .default(""),
};
