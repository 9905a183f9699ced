import { normalQuantile } from "./normal";

/**
 * Score interval of a share: E. B. Wilson, JASA 22 (1927) 209, as eq. 4 of R. G. Newcombe, Statistics in Medicine 17 (1998) 857. Right for small samples
 * and for shares near 0 and 1, where the textbook's is not. Neither number need be whole: with a sample size that is effective (weights, clusters), as
 * E. L. Korn and B. I. Graubard, Survey Methodology 24 (1998) 193, propose, it serves for those too.
 */
export const wilson = (hits: number, count: number, alpha = 0.05): { value: number; low: number; high: number } => {
  if (count <= 0) return { value: 0, low: 0, high: 1 };
  const z = normalQuantile(1 - alpha / 2);
  const share = hits / count;
  const square = z * z;
  const middle = (share + square / (2 * count)) / (1 + square / count);
  const reach = (z / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  return {
    value: share,
    low: hits <= 0 ? 0 : Math.max(0, middle - reach),
    high: hits >= count ? 1 : Math.min(1, middle + reach),
  };
};
