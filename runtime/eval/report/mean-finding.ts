import { clusterMean } from "../statistics/cluster-mean";
import { type ClusteredSample, clusteredSample } from "../statistics/clustered-sample";
import { signFlipTest } from "../statistics/permutation";
import { scaledAbove, scaledCounts, scaledInterval, scaledTest, unseenReach } from "../statistics/scaled-score";
import { skewedAbove, skewedInterval, skewedTest } from "../statistics/skew-adjusted";
import { wilcoxonSignedRank } from "../statistics/wilcoxon";
import type { Frame } from "./evidence";
import type { Bounds, Finding } from "./finding";
import { runningByBets } from "./running-bounds";

/** Share of all weight above which one group is said to be large. */
const largeGroup = 0.1;
/** Rows that must have changed before those that did tell how far one may. */
const manyMoved = 20;

/** Clusters whose signs are flipped for a second opinion: with more it says what Student's t does. */
const mostFlipped = 20_000;

export const withZero = ({ low, high }: Bounds): Bounds => ({ low: Math.min(0, low), high: Math.max(0, high) });

/** No difference of scores between 0 and 1 is larger. */
const possible = ({ low, high }: Bounds): Bounds => ({ low: Math.max(-1, low), high: Math.min(1, high) });

interface MovedRows {
  readonly higher: number;
  readonly lower: number;
}

const movedRows = (differences: Float64Array): MovedRows => {
  let [higher, lower] = [0, 0];
  for (const difference of differences) {
    if (difference > 0) higher += 1;
    else if (difference < 0) lower += 1;
  }
  return { higher, lower };
};

/** What findings about means have in common. null without rows. */
export const meanParts = (differences: Float64Array, frame: Frame) => {
  const sample = clusteredSample(differences, frame.weights, frame.clusters);
  if (sample.rows === 0) return null;
  const mean = clusterMean(sample);
  const moved = sample.sums.reduce((count, sum) => (sum === 0 ? count : count + 1), 0);
  const known = mean.clusters > 1 && mean.error > 0;
  const { higher, lower } = movedRows(differences);
  const cautions = frame.clustered && mean.largest > largeGroup ? ["large-group"] : [];
  return {
    sample,
    mean,
    moved,
    known,
    /** Whatever the distribution, so few clusters that moved could all have moved the same way by chance: the least p-value of the sign-flip test. */
    least: Math.min(1, 2 ** (1 - moved)),
    cautions,
    shared: {
      rows: sample.rows,
      clusters: mean.clusters,
      value: mean.mean,
      error: known ? mean.error : null,
      effectSize: known ? { name: "cohen-dz", value: mean.mean / (mean.error * Math.sqrt(mean.clusters)) } : null,
      otherTests: () => [
        { name: "wilcoxon-signed-rank", pValue: wilcoxonSignedRank(sample.sums).pValue },
        ...(mean.clusters > mostFlipped ? [] : [{ name: "sign-flip", pValue: signFlipTest(sample.sums) }]),
      ],
      higher,
      lower,
      same: sample.rows - higher - lower,
    },
  };
};

/** How far one more row may differ: as far as any can, or where most rows moved and many did, twice as far as the farthest. */
export const unseenSize = ({ sums, weights }: ClusteredSample, moved: number): number => {
  if (moved < manyMoved || 2 * moved < sums.length) return 1;
  let most = 0;
  for (let g = 0; g < sums.length; g += 1)
    most = Math.max(most, Math.abs((sums[g] as number) / (weights[g] as number)));
  return Math.min(1, 2 * most);
};

/**
 * For means of differences in -1 … 1 that are no plain counts: scores between 0 and 1, rows with repeats, rows of groups and of different weight. `differences` are NaN where
 * a row has none. The interval holds Student's, Hall's and Tango's, and reaches as far as rows that were not seen may; towards 0 only where nothing was found, so
 * that it leaves out 0 exactly where the test says so.
 */
export const boundedFinding = (differences: Float64Array, frame: Frame): Finding | null => {
  const parts = meanParts(differences, frame);
  if (parts === null) return null;
  const { sample, mean, moved, known, least, cautions, shared } = parts;
  const counts = scaledCounts(sample);
  const skewed = { ...mean, freedom: mean.freedom };
  const pValue = Math.max(least, known ? skewedTest(skewed) : 0, scaledTest(counts));
  const unseen = unseenSize(sample, moved);
  return {
    ...shared,
    method: "student-skewed",
    test: { name: "paired-t-skewed", statistic: known ? mean.mean / mean.error : null },
    pValue,
    interval: (alpha) => {
      const score = scaledInterval(counts, alpha);
      const student = known ? skewedInterval(skewed, alpha) : score;
      const reach = unseen * unseenReach(counts.rows, alpha);
      const low = Math.min(score.low, student.low);
      const high = Math.max(score.high, student.high);
      const floored = { low: Math.min(low, mean.mean - reach), high: Math.max(high, mean.mean + reach) };
      if (pValue > alpha) return possible(withZero(floored));
      return possible(mean.mean > 0 ? { low, high: floored.high } : { low: floored.low, high });
    },
    above: (bound) => Math.max(least / 2, known ? skewedAbove(skewed, bound) : 0, scaledAbove(counts, bound)),
    sequence: runningByBets(sample, mean.effective, frame),
    cautions,
  };
};
