import type { Score } from "@/runtime/eval/contract/scorer";

/** What of a cell a row's means are made of. */
export interface ScoredCell {
  readonly variant: number;
  readonly failed: boolean;
  readonly scores: Readonly<Record<string, Score>>;
}

/** Means over the repeats of a row: of the first variant metric by metric, then of the second … ; null where no cell has a value. */
export const rowMeans = (
  cells: readonly ScoredCell[],
  variants: number,
  metrics: readonly string[],
): (number | null)[] =>
  Array.from({ length: variants }, (_, variant) => {
    const own = cells.filter((cell) => cell.variant === variant);
    return metrics.map((metric) => {
      const dot = metric.indexOf(".");
      const [scorer, key] = [metric.slice(0, dot), metric.slice(dot + 1)];
      const values = own.flatMap(({ scores }) => scores[scorer]?.values[key] ?? []);
      return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
    });
  }).flat();
