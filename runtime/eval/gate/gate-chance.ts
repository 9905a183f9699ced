/** Chance that a version which is as good as what is live passes all of several checks. */
export interface JointChance {
  /** Where they fail each for itself: the product. */
  readonly apart: number;
  /** Whatever they have to do with each other (C. E. Bonferroni, 1936): 1 - Σ (1 - p). */
  readonly least: number;
  /** They cannot all pass more often than the hardest alone. */
  readonly most: number;
}

export const jointChance = (chances: readonly number[]): JointChance => ({
  apart: chances.reduce((product, chance) => product * chance, 1),
  least: Math.max(
    0,
    chances.reduce((rest, chance) => rest - (1 - chance), 1),
  ),
  most: Math.min(1, ...chances),
});
