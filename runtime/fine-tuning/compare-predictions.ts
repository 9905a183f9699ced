import { mcNemarExact } from "@/runtime/eval/statistics/mcnemar";
import { wilson } from "@/runtime/eval/statistics/wilson";
import type { Estimate } from "./intervals";
import type { Prediction } from "./training-task";

export interface Flip {
  readonly text: string;
  readonly actual: string;
  readonly before: string;
  readonly after: string;
}

export interface PredictionComparison {
  /** Texts that both were judged by. */
  readonly shared: number;
  readonly before: Estimate;
  readonly after: Estimate;
  /** Right before and wrong now, the other way round, and wrong both times but differently. */
  readonly broken: number;
  readonly mended: number;
  readonly otherwise: number;
  /** Chance of a difference at least as lopsided if both were equally good: exact two-sided McNemar test over the rows that only one has right. */
  readonly pValue: number;
  readonly flips: readonly Flip[];
  /** Mistakes by pair whose number changed, most change first. */
  readonly confusions: readonly {
    readonly actual: string;
    readonly predicted: string;
    readonly before: number;
    readonly after: number;
  }[];
}

const mostFlips = 200;
const mostPairs = 30;

export const comparePredictions = (
  before: readonly Prediction[],
  after: readonly Prediction[],
): PredictionComparison => {
  const known = new Map(before.map((row) => [row.text, row]));
  const pairs = after.flatMap((row) => {
    const former = known.get(row.text);
    // The same text under another label was judged by another measure.
    return former !== undefined && former.actual === row.actual ? [[former, row] as const] : [];
  });
  const right = (row: Prediction) => row.actual === row.predicted;
  const flips = pairs.filter(([former, row]) => former.predicted !== row.predicted);
  const broken = flips.filter(([former]) => right(former)).length;
  const mended = flips.filter(([, row]) => right(row)).length;
  const cells = new Map<string, { actual: string; predicted: string; before: number; after: number }>();
  const count = (row: Prediction, side: "before" | "after") => {
    if (right(row)) return;
    const key = JSON.stringify([row.actual, row.predicted]);
    const cell = cells.get(key) ?? { actual: row.actual, predicted: row.predicted, before: 0, after: 0 };
    cell[side] += 1;
    cells.set(key, cell);
  };
  for (const [former, row] of pairs) {
    count(former, "before");
    count(row, "after");
  }
  const rank = ([former, row]: (typeof flips)[number]) => (right(former) ? 0 : right(row) ? 1 : 2);
  return {
    shared: pairs.length,
    before: wilson(pairs.filter(([former]) => right(former)).length, pairs.length),
    after: wilson(pairs.filter(([, row]) => right(row)).length, pairs.length),
    broken,
    mended,
    otherwise: flips.length - broken - mended,
    pValue: mcNemarExact(broken, mended),
    flips: flips
      .toSorted((one, other) => rank(one) - rank(other))
      .slice(0, mostFlips)
      .map(([former, row]) => ({
        text: row.text.slice(0, 500),
        actual: row.actual,
        before: former.predicted,
        after: row.predicted,
      })),
    confusions: [...cells.values()]
      .filter((cell) => cell.before !== cell.after)
      .sort((one, other) => Math.abs(other.after - other.before) - Math.abs(one.after - one.before))
      .slice(0, mostPairs),
  };
};
