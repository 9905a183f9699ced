import type { ClusteredSample } from "./clustered-sample";
import { twoSidedNormal } from "./normal";
import { tangoAbove, tangoInterval, tangoScore } from "./tango";

/** Differences in -1 … 1 as so many rows that were won, lost or drawn, each by `size`: of one mean and one variance with them. */
export interface ScaledCounts {
  /** Effective rows. */
  readonly rows: number;
  readonly wins: number;
  readonly losses: number;
  readonly size: number;
}

/**
 * Where most rows are drawn a t interval knows too little of the others; Tango's score interval (1998) allows for what was not seen. Rows that are won by a third or
 * a half (repeats, groups) are turned into whole ones: with ω_g the cluster's share of all weight and D_g its difference, size = Σ ω² D² / Σ ω² |D|, rows =
 * 1 / Σ ω², wins + losses = rows² Σ ω² D² / size², wins - losses = rows Σ ω D / size. For -1, 0 and 1 these are the counts themselves.
 */
export const scaledCounts = ({ sums, weights }: ClusteredSample): ScaledCounts => {
  let [mass, massSquares, total, squares, sizes] = [0, 0, 0, 0, 0];
  for (let g = 0; g < sums.length; g += 1) {
    const [sum, weight] = [sums[g] as number, weights[g] as number];
    mass += weight;
    massSquares += weight * weight;
    total += sum;
    squares += sum * sum;
    sizes += Math.abs(sum) * weight;
  }
  const rows = (mass * mass) / massSquares;
  if (squares === 0) return { rows, wins: 0, losses: 0, size: 1 };
  const size = Math.min(1, squares / sizes);
  const moved = (rows * rows * squares) / (mass * mass) / (size * size);
  const ahead = (rows * total) / mass / size;
  // With weights of many sizes the two may ask for less than none on one side.
  return { rows, size, wins: Math.max(0, (moved + ahead) / 2), losses: Math.max(0, (moved - ahead) / 2) };
};

const counted = ({ rows, wins, losses }: ScaledCounts) => Math.max(rows, wins + losses);

export const scaledInterval = (
  counts: ScaledCounts,
  alpha: number,
): { readonly low: number; readonly high: number } => {
  const { low, high } = tangoInterval(counts.wins, counts.losses, counted(counts), alpha);
  return { low: counts.size * low, high: counts.size * high };
};

export const scaledTest = (counts: ScaledCounts): number =>
  twoSidedNormal(tangoScore(counts.wins, counts.losses, counted(counts), 0));

export const scaledAbove = (counts: ScaledCounts, bound: number): number => {
  const { wins, losses, size } = counts;
  const scaled = bound / size;
  return scaled <= -1 ? 0 : scaled >= 1 ? 1 : tangoAbove(wins, losses, counted(counts), scaled);
};

/** How far to either side the truth may be where none of so many rows differs. */
export const unseenReach = (rows: number, alpha: number): number => tangoInterval(0, 0, rows, alpha).high;
