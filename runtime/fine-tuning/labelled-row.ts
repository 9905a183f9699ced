import { z } from "zod";

export const splits = ["train", "test"] as const;

/** One example to learn from. `split` is given where the data came with its own test part. */
export const labelledRow = z.strictObject({
  text: z.string().min(1),
  label: z.string().min(1),
  split: z.enum(splits).optional(),
});
export type LabelledRow = z.output<typeof labelledRow>;
