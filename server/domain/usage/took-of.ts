import type { RunState } from "@/runtime/run/reduce";

/** What a run took, as limits count it. What is not known counts as nothing. */
export const tookOf = ({ totals }: RunState) => ({
  tokens: totals.inputTokens + totals.outputTokens,
  costMicroUsd: totals.costMicroUsd ?? 0,
});
