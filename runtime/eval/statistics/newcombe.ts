import { wilson } from "./wilson";

/** How often both were right, only the first, only the second, neither. */
export interface PairedCounts {
  readonly both: number;
  readonly first: number;
  readonly second: number;
  readonly neither: number;
}

/**
 * Interval of the difference second - first of paired shares by squaring and adding their Wilson intervals: R. G. Newcombe, "Improved confidence intervals for the
 * difference between binomial proportions based on paired data", Statistics in Medicine 17 (1998) 2635, method 10.
 */
export const newcombePaired = (
  { both, first, second, neither }: PairedCounts,
  alpha = 0.05,
): { readonly value: number; readonly low: number; readonly high: number } => {
  const rows = both + first + second + neither;
  const [own, other] = [wilson(both + second, rows, alpha), wilson(both + first, rows, alpha)];
  const value = (second - first) / rows;
  const margins = (both + first) * (second + neither) * (both + second) * (first + neither);
  const cross = both * neither - first * second;
  // Continuity-corrected correlation where it is positive, as method 10 has it.
  const correlation = margins === 0 ? 0 : (cross > 0 ? Math.max(cross - rows / 2, 0) : cross) / Math.sqrt(margins);
  const reach = (left: number, right: number) =>
    Math.sqrt(Math.max(0, left * left - 2 * correlation * left * right + right * right));
  return {
    value,
    low: value - reach(own.value - own.low, other.high - other.value),
    high: value + reach(own.high - own.value, other.value - other.low),
  };
};
