import type { FinishReason } from "../context";

/**
 * How a reply fell short. `cut`: it stopped at the limit of tokens; `filtered`: the endpoint held it back, or the model declined; `empty`: it has no
 * words; `unfinished`: the endpoint did not say that it is complete.
 */
export const replyOutcomes = ["empty", "filtered", "cut", "unfinished"] as const;
export type ReplyOutcome = (typeof replyOutcomes)[number];

/** null for a reply that is whole. `text`: the answer, without the thinking before it. `calls`: tools that it asked for, which are an answer too. */
export const outcomeOf = (reason: FinishReason, text: string, calls = 0): ReplyOutcome | null => {
  if (reason === "content-filter" || reason === "refusal") return "filtered";
  if (calls > 0) return reason === "length" ? "cut" : null;
  if (text.trim() === "") return "empty";
  if (reason === "length") return "cut";
  return reason === "unsaid" ? "unfinished" : null;
};

/** Of two replies of one step or run, the outcome that matters more. */
export const worseOutcome = (left: ReplyOutcome | null, right: ReplyOutcome | null): ReplyOutcome | null =>
  replyOutcomes.find((outcome) => outcome === left || outcome === right) ?? null;
