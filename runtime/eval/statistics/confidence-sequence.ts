/**
 * Standard errors that always-valid bounds of a mean reach to either side: they may be looked at after every row, and the true mean is outside at any time with
 * probability alpha at most, in the limit of many rows. I. Waudby-Smith, D. Arbour, R. Sinha, E. H. Kennedy and A. Ramdas, "Time-uniform central limit theory and
 * asymptotic confidence sequences", Annals of Statistics 52 (2024) 2613, theorem 2.2: mean ± s √((2 (t ρ² + 1) / (t² ρ²)) log(√(t ρ² + 1) / α)). ρ makes it
 * tightest after `tuned` clusters (their eq. 28). For means without bounds, of which nothing can be said that holds for few rows too.
 */
export const sequenceErrors = (clusters: number, alpha: number, tuned: number): number => {
  const rho2 = (-2 * Math.log(alpha) + Math.log(-2 * Math.log(alpha) + 1)) / tuned;
  const scale = clusters * rho2 + 1;
  // The standard error is s / √t, so s² / t² = error² / t.
  return Math.sqrt(((2 * scale) / (clusters * rho2)) * Math.log(Math.sqrt(scale) / alpha));
};
