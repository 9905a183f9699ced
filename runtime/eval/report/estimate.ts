import type { MetricScale } from "../contract/metric";
import type { Interval, VariantValue } from "../contract/report";
import { clusterMean } from "../statistics/cluster-mean";
import { clusteredSample } from "../statistics/clustered-sample";
import { sortedQuantile } from "../statistics/median";
import { normalQuantile } from "../statistics/normal";
import { skewedInterval } from "../statistics/skew-adjusted";
import { studentQuantile } from "../statistics/student";
import { wilson } from "../statistics/wilson";
import { rowsOfLabels } from "./corpus-finding";
import type { Jackknife } from "./corpus-jackknife";
import type { Frame } from "./evidence";

interface About {
  readonly variant: number;
  /** Rows that could have a value. */
  readonly total: number;
  readonly scale: MetricScale;
  readonly alpha: number;
}

/**
 * A share that is as sure as one of `like` independent rows, and for having only so many degrees of freedom to know that by, of fewer: E. L. Korn and B. I. Graubard, Survey
 * Methodology 24 (1998) 193, with Wilson's interval in the place of Clopper and Pearson's.
 */
const effectiveShare = (share: number, like: number, freedom: number, alpha: number): Interval => {
  const factor = (normalQuantile(1 - alpha / 2) / studentQuantile(1 - alpha / 2, Math.max(1, freedom))) ** 2;
  const count = like * factor;
  const { low, high } = wilson(Math.min(1, Math.max(0, share)) * count, count, alpha);
  return { value: share, low, high, method: "wilson-effective" };
};

/** Mean of one variant over its rows, with an interval that suits the metric's scale. */
export const meanEstimate = (
  values: Float64Array,
  frame: Frame,
  { variant, total, scale, alpha }: About,
): VariantValue => {
  const sample = clusteredSample(values, frame.weights, frame.clusters);
  const counted = { variant, rows: sample.rows, missing: total - sample.rows };
  if (sample.rows === 0) return { ...counted, estimate: null };
  const { mean, error, freedom, skew, clusters, effective } = clusterMean(sample);
  if (scale !== "number" && (scale === "binary" || !(error > 0))) {
    if (sample.rows === clusters && !frame.weighted && isWhole(values))
      return { ...counted, estimate: { ...wilson(mean * clusters, clusters, alpha), method: "wilson" } };
    // As many independent rows as would be just as sure of it; where all agree, as many as there are clusters of one weight.
    const like = error > 0 ? Math.min(sample.rows, (mean * (1 - mean)) / error ** 2) : effective;
    return { ...counted, estimate: effectiveShare(mean, like, clusters < 2 ? 1 : freedom, alpha) };
  }
  if (clusters < 2) return { ...counted, estimate: { value: mean, low: null, high: null, method: "student-skewed" } };
  const { low, high } = skewedInterval({ mean, error, freedom, skew }, alpha);
  const sorted = scale === "number" ? values.filter((value) => !Number.isNaN(value)).sort() : null;
  const at = (sample: Float64Array, share: number) => sortedQuantile(sample, share);
  const quantiles = sorted && { median: at(sorted, 0.5), p95: at(sorted, 0.95), p99: at(sorted, 0.99) };
  const clip = (bound: number) => (scale === "unit" ? Math.min(1, Math.max(0, bound)) : bound);
  const estimate = { value: mean, low: clip(low), high: clip(high), method: "student-skewed" };
  return { ...counted, estimate, ...(quantiles && { quantiles }) };
};

const isWhole = (values: Float64Array) => {
  for (const value of values) if (!(Number.isNaN(value) || value === 0 || value === 1)) return false;
  return true;
};

/** A metric of all rows, which lies between 0 and 1, as sure as a share of so many independent rows. */
export const corpusEstimate = ({ value, sample, effective, labels }: Jackknife, alpha: number): Interval => {
  const { error, freedom } = clusterMean(sample);
  const rows = labels.length > 0 ? rowsOfLabels(labels) : effective;
  const like = error > 0 ? (value * (1 - value)) / error ** 2 : Number.POSITIVE_INFINITY;
  // A metric that hardly varies may be surer than a share of as many rows; one at 0 or 1 is no surer.
  const sure = value > 0 && value < 1 && labels.length === 0 ? like : Math.min(rows, like);
  return effectiveShare(value, sure, sample.sums.length < 2 ? 1 : freedom, alpha);
};
