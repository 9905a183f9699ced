import { wilson } from "@/runtime/eval/statistics/wilson";

export interface MeasuredPair {
  /** Cosine of the two. */
  readonly similarity: number;
  readonly same: boolean;
  /** They are never taken for the same, however near: numbers, names or negations differ. */
  readonly guarded: boolean;
}

export interface Separation {
  /** Least similarity that is taken for the same; null where no pair is the same, or no threshold keeps those apart that are not. */
  readonly threshold: number | null;
  /** Of the pairs that are the same, how many are found. */
  readonly found: number;
  readonly same: number;
  /** Of the pairs that are not the same, how many are taken for the same. */
  readonly mistaken: number;
  readonly different: number;
  /** Largest share of questions that are not the same which may still be mistaken: upper end of the 95 % interval (Wilson). 1 without such a pair. */
  readonly mistakenAtMost: number;
  /** Similarities between which no pair lies: any threshold in it does as well. null where there is none. */
  readonly gap: readonly [low: number, high: number] | null;
}

const step = 0.005;
/** On the grid of the control, and above `value`. */
const above = (value: number): number => Math.round((Math.floor(value / step + 1e-9) + 1) * step * 1_000) / 1_000;
const least = 0.5;

/**
 * The lowest threshold at which no pair that is not the same is taken for one: a wrong answer costs more than one that is worked out again. In the middle of the
 * gap where there is one, for both sides have neighbours that nobody has judged.
 */
export const separatePairs = (pairs: readonly MeasuredPair[]): Separation => {
  const same = pairs.filter((pair) => pair.same);
  const different = pairs.filter((pair) => !pair.same);
  const open = different.filter(({ guarded }) => !guarded).map(({ similarity }) => similarity);
  const highest = Math.max(least, ...open);
  const lowest = same
    .filter(({ similarity, guarded }) => !guarded && similarity > highest)
    .reduce((low, { similarity }) => Math.min(low, similarity), Number.POSITIVE_INFINITY);
  const hasSame = Number.isFinite(lowest);
  const gap = hasSame ? ([highest, lowest] as const) : null;
  const middle = hasSame ? Math.round((highest + lowest) / 2 / step) * step : null;
  const threshold = middle === null ? null : Math.min(1, Math.max(above(highest), Math.round(middle * 1_000) / 1_000));
  // Between two that are nearer than a step there is no room on the grid.
  const fits = threshold !== null && threshold <= lowest ? threshold : hasSame ? lowest : null;
  const takes = ({ similarity, guarded }: MeasuredPair) => fits !== null && !guarded && similarity >= fits;
  const mistaken = different.filter(takes).length;
  return {
    threshold: fits,
    found: same.filter(takes).length,
    same: same.length,
    mistaken,
    different: different.length,
    mistakenAtMost: wilson(mistaken, different.length).high,
    gap,
  };
};
