import { clusterMean } from "../statistics/cluster-mean";
import { clusteredSample } from "../statistics/clustered-sample";
import { signFlipTest } from "../statistics/permutation";
import { studentCdf, studentQuantile, twoSidedStudent } from "../statistics/student";
import { tangoInterval } from "../statistics/tango";
import { wilcoxonSignedRank } from "../statistics/wilcoxon";
import type { Frame } from "./evidence";
import type { Finding } from "./finding";
import { sequenceOf } from "./sequence-of";

/** For differences of any size, rows of groups and rows of different weight. `differences` are NaN where a row has none. null without rows. */
export const meanFinding = (differences: Float64Array, frame: Frame): Finding | null => {
  const sample = clusteredSample(differences, frame.weights, frame.clusters);
  if (sample.rows === 0) return null;
  const { mean: value, error, freedom, clusters } = clusterMean(sample);
  let [higher, lower] = [0, 0];
  for (const difference of differences) {
    if (difference > 0) higher += 1;
    else if (difference < 0) lower += 1;
  }
  const moved = sample.sums.reduce((count, sum) => (sum === 0 ? count : count + 1), 0);
  const known = clusters > 1 && error > 0;
  const t = known ? value / error : null;
  // Whatever the distribution, so few rows that moved could all have moved the same way by chance: the least p-value of the sign-flip test.
  const least = Math.min(1, 2 ** (1 - moved));
  const pValue = Math.max(least, t === null ? 0 : twoSidedStudent(t, freedom));
  return {
    rows: sample.rows,
    clusters,
    value,
    error: known ? error : null,
    method: "student-t",
    test: { name: "paired-t", statistic: t },
    pValue,
    interval: (alpha) => {
      if (moved === 0) {
        const { low, high } = tangoInterval(0, 0, clusters, alpha);
        return { low, high };
      }
      const reach = known ? studentQuantile(1 - alpha / 2, freedom) * error : 0;
      const [low, high] = [value - reach, value + reach];
      return pValue > alpha ? { low: Math.min(0, low), high: Math.max(0, high) } : { low, high };
    },
    above: (bound) => (known ? Math.max(least / 2, 1 - studentCdf((value - bound) / error, freedom)) : 1),
    effectSize: known ? { name: "cohen-dz", value: value / (error * Math.sqrt(clusters)) } : null,
    otherTests: () => [
      { name: "wilcoxon-signed-rank", pValue: wilcoxonSignedRank(sample.sums).pValue },
      { name: "sign-flip", pValue: signFlipTest(sample.sums) },
    ],
    sequence: sequenceOf(value, error, clusters, frame.planned),
    higher,
    lower,
    same: sample.rows - higher - lower,
  };
};
