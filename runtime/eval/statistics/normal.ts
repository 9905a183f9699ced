import cdf from "@stdlib/stats-base-dists-normal-cdf";
import quantile from "@stdlib/stats-base-dists-normal-quantile";

/** Share of a standard normal distribution below `z`. */
export const normalCdf = (z: number): number => cdf(z, 0, 1);

/** The z below which `share` of a standard normal distribution lies; infinite at 0 and 1. */
export const normalQuantile = (share: number): number => quantile(share, 0, 1);

/** Two-sided p-value of a standard normal statistic. */
export const twoSidedNormal = (z: number): number => Math.min(1, 2 * cdf(-Math.abs(z), 0, 1));
