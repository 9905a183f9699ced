import { type BootstrapDraws, bcaInterval } from "../statistics/bca";
import { clusterMean } from "../statistics/cluster-mean";
import { percentileInterval } from "../statistics/percentile";
import { unseenReach } from "../statistics/scaled-score";
import { skewedAbove, skewedInterval, skewedTest } from "../statistics/skew-adjusted";
import type { Jackknife } from "./corpus-jackknife";
import type { Finding } from "./finding";
import { unseenSize, withZero } from "./mean-finding";

/** Rows that a mean over labels of so many rows each is worth: what one of them may hide weighs as much as the label. */
export const rowsOfLabels = (labels: readonly number[]): number =>
  labels.length ** 2 / labels.reduce((sum, rows) => sum + 1 / rows, 0);

/** How far to either side the metric may truly be where the two sides were the same on all rows. */
const unseenOf = ({ sample, effective, moved, labels }: Jackknife, alpha: number): number =>
  labels.length > 0
    ? Math.hypot(...labels.map((rows) => unseenReach(rows, alpha))) / labels.length
    : unseenSize(sample, moved) * unseenReach(effective, alpha);

/**
 * For metrics of all rows together, as means of their pseudo-values, by Student's t and Hall's cubic. `draws` of the paired bootstrap are a second opinion: with rare labels they
 * keep their level less well, and they know nothing of what was not seen.
 */
export const corpusFinding = (jackknife: Jackknife, rows: number, draws: () => BootstrapDraws | null): Finding => {
  const { value, sample, clusters, moved } = jackknife;
  const mean = { ...clusterMean(sample), mean: value };
  const known = sample.sums.length > 1 && mean.error > 0;
  // So few clusters that moved could all have moved the same way by chance.
  const least = Math.min(1, 2 ** (1 - moved));
  const pValue = Math.max(least, known ? skewedTest(mean) : 0);
  return {
    rows,
    clusters,
    value,
    error: known ? mean.error : null,
    method: "jackknife-t",
    test: { name: "jackknife-t", statistic: known ? value / mean.error : null },
    pValue,
    interval: (alpha) => {
      const { low, high } = known ? skewedInterval(mean, alpha) : { low: value, high: value };
      const reach = unseenOf(jackknife, alpha);
      const wide = {
        low: Math.max(-1, Math.min(low, value - reach)),
        high: Math.min(1, Math.max(high, value + reach)),
      };
      if (pValue > alpha) return withZero(wide);
      return value > 0 ? { low, high: wide.high } : { low: wide.low, high };
    },
    above: (bound) => Math.max(least / 2, known ? skewedAbove(mean, bound) : value > bound ? 0 : 1),
    effectSize: null,
    otherIntervals: (alpha) => {
      const known = draws();
      return known === null
        ? []
        : [
            { ...bcaInterval(known, alpha), method: "bca-bootstrap" },
            { ...percentileInterval(known.sorted, alpha), method: "percentile-bootstrap" },
          ];
    },
    sequence: null,
    higher: 0,
    lower: 0,
    same: 0,
  };
};
