import type { MetricDefinition } from "../contract/metric";
import { type AnyScorer, isPairScorer, preferenceMetric } from "../contract/scorer";

/** A scorer's metrics, also where it compares two answers. */
export const metricsOf = (scorer: AnyScorer): readonly MetricDefinition[] =>
  isPairScorer(scorer) ? [preferenceMetric] : scorer.metrics;
