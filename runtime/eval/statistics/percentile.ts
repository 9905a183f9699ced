import { quantileOf } from "./bca";

/** Percentile interval of bootstrap draws, sorted (B. Efron and R. J. Tibshirani, An Introduction to the Bootstrap, 1993, ch. 13): simple, and less right than BCa. */
export const percentileInterval = (
  sorted: Float64Array,
  alpha = 0.05,
): { readonly low: number; readonly high: number } => ({
  low: quantileOf(sorted, alpha / 2),
  high: quantileOf(sorted, 1 - alpha / 2),
});
