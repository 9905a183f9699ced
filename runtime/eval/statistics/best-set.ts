/** A variant's value and its standard error, as a distance from the baseline (the baseline itself is 0 with error 0). */
export interface Standing {
  readonly value: number;
  readonly error: number;
}

/**
 * Variants that may be the best: those of which no other is surely better. `notBetter(one, other)` is the one-sided p-value of "one is no better than other", null where they
 * share no rows. The truly best is among them with probability 1 - alpha: it is left out only where one of the other k - 1 tests is wrong, each made at alpha / (k - 1) (subset selection,
 * S. S. Gupta, Technometrics 7 (1965) 225, with Bonferroni's bound in the place of equal variances).
 */
export const bestSet = (
  variants: number,
  notBetter: (one: number, other: number) => number | null,
  alpha: number,
): number[] => {
  const level = alpha / Math.max(1, variants - 1);
  const all = Array.from({ length: variants }, (_, variant) => variant);
  return all.filter((variant) => all.every((other) => other === variant || (notBetter(other, variant) ?? 1) > level));
};

/**
 * Gains shrunk towards their mean by how much of their spread is noise: what the winner of several is likely to show next time. Empirical Bayes of B. Efron and
 * C. Morris, JASA 70 (1975) 311, with the variance between the true gains by moments; all noise: their mean.
 */
export const shrunkGains = (gains: readonly Standing[]): number[] => {
  const mean = gains.reduce((sum, { value }) => sum + value, 0) / gains.length;
  const spread = gains.reduce((sum, { value }) => sum + (value - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  const noise = gains.reduce((sum, { error }) => sum + error * error, 0) / gains.length;
  const between = Math.max(0, spread - noise);
  return gains.map(({ value, error }) =>
    between + error * error === 0 ? value : mean + (between / (between + error * error)) * (value - mean),
  );
};
