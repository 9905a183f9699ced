import { studentCdf, studentQuantile } from "./student";

/** What a mean is known by. `skew` is the skewness of the mean's own distribution, for n rows of one weight their skewness / √n. */
export interface SkewedMean {
  readonly mean: number;
  readonly error: number;
  readonly freedom: number;
  readonly skew: number;
}

/**
 * P. Hall's cubic of a t statistic, JRSS B 54 (1992) 221, g(T) = T + γ T² / (3 √n) + γ² T³ / (27 n) + γ / (6 √n): its distribution is Student's to one order more where
 * rows are skewed. Rises everywhere.
 */
const straightened = (t: number, skew: number): number =>
  Math.abs(skew) < 1e-9 ? t : ((1 + (skew * t) / 3) ** 3 - 1) / skew + skew / 6;

/** The T whose cubic is `z`. */
const bent = (z: number, skew: number): number =>
  Math.abs(skew) < 1e-9 ? z : (3 / skew) * (Math.cbrt(1 + skew * (z - skew / 6)) - 1);

/** Interval that holds both Student's and Hall's: neither of the two keeps its level in all of symmetric heavy tails and one-sided ones. */
export const skewedInterval = (
  { mean, error, freedom, skew }: SkewedMean,
  alpha: number,
): { readonly low: number; readonly high: number } =>
  skewedReach({ mean, error, skew }, studentQuantile(1 - alpha / 2, freedom));

/** The same where the quantile is of another distribution than Student's. */
export const skewedReach = (
  { mean, error, skew }: Omit<SkewedMean, "freedom">,
  quantile: number,
): { readonly low: number; readonly high: number } => ({
  low: mean - error * Math.max(quantile, bent(quantile, skew)),
  high: mean + error * Math.max(quantile, -bent(-quantile, skew)),
});

/** One-sided p-value that the true mean is at most `bound`: the level whose interval begins there. */
export const skewedAbove = ({ mean, error, freedom, skew }: SkewedMean, bound: number): number => {
  const t = (mean - bound) / error;
  const cubic = straightened(t, skew);
  return 1 - studentCdf(t > 0 ? Math.max(0, Math.min(t, cubic)) : t, freedom);
};

/** Two-sided p-value that the true mean is 0: at most alpha exactly where the interval leaves 0 out. */
export const skewedTest = ({ mean, error, freedom, skew }: SkewedMean): number => {
  const t = mean / error;
  const cubic = straightened(t, skew);
  const least = t > 0 ? Math.max(0, Math.min(t, cubic)) : Math.min(0, Math.max(t, cubic));
  return Math.min(1, 2 * studentCdf(-Math.abs(least), freedom));
};
