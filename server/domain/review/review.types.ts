import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { identifier } from "@/server/platform/guard/identifier";

const of = { id: identifier, scorerId: z.string().min(1).max(40) } as const;
/** Place in the order in which answers are shown: it says nothing of row, variant or side. */
const at = z
  .int()
  .min(0)
  .max(evalLimits.cells - 1);

export const queueInput = z.strictObject(of);
export const answerInput = z.strictObject({
  ...of,
  at,
  /** Of two: left better, no difference, right better. Of one: one to five stars. */
  said: z.enum(["left", "same", "right", "1", "2", "3", "4", "5"]),
});
export const undoInput = z.strictObject(of);

/** Answers handed out at once, so that the next one is there when the last was judged. */
export const handedOut = 8;

export interface ReviewItem {
  readonly at: number;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  /** One answer to be rated, or two to be compared, left first. */
  readonly answers: readonly string[];
}

export interface ReviewQueue {
  readonly pairwise: boolean;
  readonly scorer: string;
  /** What reviewers were asked to look at; may be empty. */
  readonly question: string;
  /** Judged by this reviewer, and what there is to be judged. */
  readonly done: number;
  readonly total: number;
  readonly items: readonly ReviewItem[];
}
