import type { CompareCell } from "./compare-store";

export interface ColumnTotals {
  /** Cells whose run succeeded. */
  readonly answered: number;
  /** Mean duration of those, in milliseconds; null where there are none. */
  readonly meanMs: number | null;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Calls of whose tokens some are not known. */
  readonly uncountedCalls: number;
  /** Millionths of a US dollar; null once a price was unknown. */
  readonly costMicroUsd: number | null;
  /** The part of it that is known. */
  readonly knownCostMicroUsd: number;
}

/** How long a run took, in milliseconds; null while it goes on. */
export const durationOf = ({ run }: Pick<CompareCell, "run">): number | null =>
  run.startedAt && run.endedAt ? Date.parse(run.endedAt) - Date.parse(run.startedAt) : null;

/** What one variant took over its cases. */
export const columnTotals = (cells: readonly (CompareCell | undefined)[]): ColumnTotals => {
  const done = cells.filter((cell) => cell?.run.status === "success") as CompareCell[];
  const sum = (of: (cell: CompareCell) => number) => done.reduce((total, cell) => total + of(cell), 0);
  const priced = done.every(({ run }) => run.totals.costMicroUsd !== null);
  return {
    answered: done.length,
    meanMs: done.length === 0 ? null : sum((cell) => durationOf(cell) ?? 0) / done.length,
    inputTokens: sum(({ run }) => run.totals.inputTokens),
    outputTokens: sum(({ run }) => run.totals.outputTokens),
    uncountedCalls: sum(({ run }) => run.totals.uncountedCalls),
    knownCostMicroUsd: sum(({ run }) => run.totals.knownCostMicroUsd),
    costMicroUsd: priced ? sum(({ run }) => run.totals.costMicroUsd ?? 0) : null,
  };
};
