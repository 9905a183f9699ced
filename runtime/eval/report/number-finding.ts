import type { ClusteredSample } from "../statistics/clustered-sample";
import { medianOf } from "../statistics/median";
import { unseenReach } from "../statistics/scaled-score";
import { skewedAbove, skewedInterval, skewedTest } from "../statistics/skew-adjusted";
import type { Frame } from "./evidence";
import type { Finding } from "./finding";
import { meanParts, withZero } from "./mean-finding";
import { runningByErrors } from "./running-bounds";

/** Rows before the mean of a number without bounds is judged: what happens to one row in twenty has then been seen with 97.5 %, 1 - 0.95^72. */
const fewestRows = 72;
/** Skewness of the mean itself above which a few rows carry it, and no interval of it keeps its level. */
const mostSkew = 0.25;
/** Skewness of the mean from which a row as far out as the farthest may well be missing. */
const tailSkew = 0.1;
/** Most skewness while it runs, where there are many looks to be wrong at. */
const mostSkewRunning = 0.15;

/** As many rows of one weight would say as much. */
const effectiveRows = (differences: Float64Array, { weights }: Frame): number => {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < differences.length; row += 1) {
    if (Number.isNaN(differences[row])) continue;
    const weight = weights[row] as number;
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
};

/** By how much the mean would move if there were one more cluster as far out as the farthest. */
const farthestMove = ({ sums, weights }: ClusteredSample, mean: number): number => {
  let [most, mass] = [0, 0];
  for (let g = 0; g < sums.length; g += 1) {
    most = Math.max(most, Math.abs((sums[g] as number) - mean * (weights[g] as number)));
    mass += weights[g] as number;
  }
  return most / mass;
};

/**
 * For differences without bounds, such as milliseconds, tokens and cost. Whether the mean differs is said only where its interval is honest: enough rows to have seen the
 * slow ones, and not carried by a few. Elsewhere p is 1 and the interval holds 0, or with too few rows there is none; `typical` says what holds for the usual row. `largest` is the largest value seen of
 * either side: so far a row may change that did not.
 */
export const numberFinding = (differences: Float64Array, frame: Frame, largest: number | null): Finding | null => {
  const parts = meanParts(differences, frame);
  if (parts === null) return null;
  const { sample, mean, moved, known, least, cautions, shared } = parts;
  const enough = effectiveRows(differences, frame) >= fewestRows;
  // All differ by the same: nothing to estimate an error from, and nothing that few rows carry.
  const even = moved === sample.sums.length && !known;
  const honest = enough && (moved === 0 || even || (known && Math.abs(mean.skew) <= mostSkew));
  const unseen = (alpha: number) => {
    const reach = (even ? 2 * Math.abs(mean.mean) : (largest ?? 0)) * unseenReach(mean.effective, alpha);
    return { low: mean.mean - reach, high: mean.mean + reach };
  };
  const pValue = honest && moved > 0 ? Math.max(least, known ? skewedTest(mean) : 0) : 1;
  const typical = frame.weighted ? null : medianOf(sample.sums.map((sum, g) => sum / (sample.weights[g] as number)));
  return {
    ...shared,
    method: "student-skewed",
    test: { name: "paired-t-skewed", statistic: known ? mean.mean / mean.error : null },
    pValue,
    interval: (alpha) => {
      if (!enough || (moved === 0 && largest === null)) return { low: null, high: null };
      const bounds = known ? skewedInterval(mean, alpha) : unseen(alpha);
      // Towards 0 only where nothing was found, so that the interval leaves out 0 exactly where the test says so.
      const tail = Math.abs(mean.skew) > tailSkew ? farthestMove(sample, mean.mean) : 0;
      const wide = { low: bounds.low - tail, high: bounds.high + tail };
      if (pValue > alpha) return withZero(wide);
      return mean.mean > 0 ? { low: bounds.low, high: wide.high } : { low: wide.low, high: bounds.high };
    },
    above: (bound) => (honest && known ? Math.max(least / 2, skewedAbove(mean, bound)) : 1),
    sequence: honest && known && Math.abs(mean.skew) <= mostSkewRunning ? runningByErrors(mean, frame) : null,
    ...(typical !== null && { typical: { value: typical.value, interval: typical.interval } }),
    cautions: honest ? cautions : [...cautions, enough ? "mean-of-few" : "few-for-mean"],
  };
};
