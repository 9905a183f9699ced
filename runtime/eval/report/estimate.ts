import type { MetricScale } from "../contract/metric";
import type { VariantValue } from "../contract/report";
import { clusterMean } from "../statistics/cluster-mean";
import { clusteredSample } from "../statistics/clustered-sample";
import { studentQuantile } from "../statistics/student";
import { wilson } from "../statistics/wilson";
import type { Frame } from "./evidence";

interface About {
  readonly variant: number;
  /** Rows that could have a value. */
  readonly total: number;
  readonly scale: MetricScale;
  readonly alpha: number;
}

/** Mean of one variant over its rows, with an interval that suits the metric's scale. */
export const meanEstimate = (
  values: Float64Array,
  frame: Frame,
  { variant, total, scale, alpha }: About,
): VariantValue => {
  const sample = clusteredSample(values, frame.weights, frame.clusters);
  const counted = { variant, rows: sample.rows, missing: total - sample.rows };
  if (sample.rows === 0) return { ...counted, estimate: null };
  const { mean, error, freedom, clusters } = clusterMean(sample);
  if (scale !== "number" && (scale === "binary" || !(error > 0))) {
    const simple = sample.rows === clusters && !frame.weighted;
    // As many independent rows as would be just as sure of it.
    const like = simple || !(error > 0) ? clusters : Math.min(sample.rows, (mean * (1 - mean)) / error ** 2);
    const { low, high } = wilson(mean * like, like, alpha);
    return { ...counted, estimate: { value: mean, low, high, method: simple ? "wilson" : "wilson-effective" } };
  }
  if (clusters < 2) return { ...counted, estimate: { value: mean, low: null, high: null, method: "student-t" } };
  const reach = studentQuantile(1 - alpha / 2, freedom) * error;
  const clip = (bound: number) => (scale === "unit" ? Math.min(1, Math.max(0, bound)) : bound);
  return {
    ...counted,
    estimate: { value: mean, low: clip(mean - reach), high: clip(mean + reach), method: "student-t" },
  };
};
