import type { RunState } from "@/runtime/run/reduce";

/** What a run took, as its caller is told. */
export interface Expense {
  /** null where the tokens of some call are not known: whoever bills by a sum with unknown parts would bill too little. */
  readonly usage: { readonly inputTokens: number | null; readonly outputTokens: number | null };
  /** US dollars; null where a price was unknown. */
  readonly costUsd: number | null;
  readonly durationMs: number;
}

export const expenseOf = ({ totals, startedAt, endedAt, waitedMs }: RunState): Expense => {
  const { inputTokens, outputTokens, uncountedCalls, costMicroUsd } = totals;
  return {
    usage: uncountedCalls > 0 ? { inputTokens: null, outputTokens: null } : { inputTokens, outputTokens },
    costUsd: costMicroUsd === null ? null : costMicroUsd / 1_000_000,
    durationMs: Math.max(0, Date.parse(endedAt ?? "") - Date.parse(startedAt ?? "") - waitedMs),
  };
};
