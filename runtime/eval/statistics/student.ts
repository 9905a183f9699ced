import cdf from "@stdlib/stats-base-dists-t-cdf";
import quantile from "@stdlib/stats-base-dists-t-quantile";

/** Share of Student's t distribution (1908) with `freedom` degrees of freedom, which need not be whole, below `t`. */
export const studentCdf = (t: number, freedom: number): number => cdf(t, freedom);

/** The t below which `share` of the distribution lies. */
export const studentQuantile = (share: number, freedom: number): number => quantile(share, freedom);

/** Two-sided p-value of a t statistic. */
export const twoSidedStudent = (t: number, freedom: number): number => Math.min(1, 2 * cdf(-Math.abs(t), freedom));
