import type { ReportInput } from "../contract/report-input";
import { clusterMean } from "../statistics/cluster-mean";
import { clusteredSample } from "../statistics/clustered-sample";
import { regressionSlopes } from "../statistics/regression-slopes";
import { unseenReach } from "../statistics/scaled-score";
import { skewedAbove, skewedInterval, skewedTest } from "../statistics/skew-adjusted";
import type { Frame } from "./evidence";
import type { Finding } from "./finding";
import { unseenSize, withZero } from "./mean-finding";

type Covariates = NonNullable<ReportInput["covariates"]>;

const folds = 5;
/** Independent rows, and among them rows that moved, before slopes are worth their noise. */
const [fewestClusters, fewestMoved] = [40, 20];

/**
 * The difference as it would be if the rows taken were like all that could have been: D̄ - θ (x̄ - X̄), with what is known of each row before the experiment, x, its mean X̄ over all N
 * rows of which the n were drawn (the regression estimator, W. G. Cochran, Sampling Techniques (1977), chapter 7; A. Deng, Y. Xu, R. Kohavi and T. Walker, WSDM 2013, "CUPED"; W. Lin, Annals of Applied
 * Statistics 7 (2013) 295). Both variants answer the same rows, so nothing is gained but that: where all rows are taken the variance θ² S / N of X̄ takes back what the slope explains.
 * θ of a row is that of the other folds, so that no row takes part in its own correction (V. Chernozhukov and others, Econometrics Journal 21 (2018) C1); a degree of freedom goes
 * with each covariate. Bounds on the way stay those of the plain difference. Gives `plain` where there are too few rows for slopes.
 */
export const adjustedFinding = (
  plain: Finding,
  differences: Float64Array,
  frame: Frame,
  { values, population }: Covariates,
  isBounded: boolean,
): Finding => {
  const before = clusteredSample(differences, frame.weights, frame.clusters);
  const moved = before.sums.reduce((count, sum) => (sum === 0 ? count : count + 1), 0);
  if (before.sums.length < fewestClusters || moved < fewestMoved || plain.error === null) return plain;
  const width = population.means.length;
  const rows = Array.from(differences.keys()).filter((row) => !Number.isNaN(differences[row]));
  const centred = (row: number) => population.means.map((mean, place) => (values[row]?.[place] ?? mean) - mean);
  const foldOf = (row: number) => (frame.clusters[row] as number) % folds;
  const slopes = Array.from({ length: folds }, (_, fold) =>
    regressionSlopes(
      rows.filter((row) => foldOf(row) !== fold),
      centred,
      (row) => differences[row] as number,
      (row) => frame.weights[row] as number,
      width,
    ),
  );
  const adjusted = Float64Array.from(differences, (difference, row) =>
    Number.isNaN(difference)
      ? Number.NaN
      : centred(row).reduce((left, x, place) => left - (slopes[foldOf(row)]?.[place] ?? 0) * x, difference),
  );
  const sample = clusteredSample(adjusted, frame.weights, frame.clusters);
  const mean = clusterMean(sample);
  // What all rows have of it is known no better than they are many: the slopes' part of each, as a mean of N.
  const explained = Float64Array.from(differences, (difference, row) =>
    Number.isNaN(difference)
      ? Number.NaN
      : centred(row).reduce((sum, x, place) => sum + (slopes[foldOf(row)]?.[place] ?? 0) * x, 0),
  );
  const ofAll = clusterMean(clusteredSample(explained, frame.weights, frame.clusters));
  const error = Math.hypot(mean.error, ofAll.error * Math.sqrt(Math.min(1, rows.length / population.rows)));
  if (!(error > 0)) return plain;
  const skewed = { mean: mean.mean, error, freedom: Math.max(1, mean.freedom - width), skew: mean.skew };
  const pValue = Math.max(Math.min(1, 2 ** (1 - moved)), skewedTest(skewed));
  const unseen = isBounded ? unseenSize(before, moved) : 0;
  return {
    ...plain,
    value: mean.mean,
    error,
    method: "student-adjusted",
    test: { name: "paired-t-adjusted", statistic: mean.mean / error },
    pValue,
    interval: (alpha) => {
      const bounds = skewedInterval(skewed, alpha);
      if (pValue <= alpha) return bounds;
      const reach = unseen * unseenReach(mean.effective, alpha);
      return withZero({ low: Math.min(bounds.low, mean.mean - reach), high: Math.max(bounds.high, mean.mean + reach) });
    },
    above: (bound) => skewedAbove(skewed, bound),
    effectSize: { name: "cohen-dz", value: mean.mean / (error * Math.sqrt(mean.clusters)) },
    adjusted: { plain: plain.value, gain: 1 - (error / plain.error) ** 2 },
  };
};
