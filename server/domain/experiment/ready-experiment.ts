import { type ExperimentSpec, experimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";

/** The spec of an experiment as it was stored. */
export const storedSpec = (spec: unknown): ExperimentSpec => experimentSpec.parse(spec);

/** Its scorers, ready to score; those that this version of the app does not know any more are left out. */
export const readyScorers = (spec: ExperimentSpec): ReadyScorer[] =>
  spec.scorers.flatMap((each): ReadyScorer[] => {
    const scorer = findScorer(each.type);
    const config = scorer?.config.safeParse(each.config);
    if (scorer === undefined || config?.success !== true) return [];
    return [{ spec: each, scorer, config: config.data, output: each.output, expected: each.expected }];
  });

/** Ids of the metrics of the cells, in the order in which a row keeps their values; preferences are kept apart. */
export const metricIdsOf = (spec: ExperimentSpec): string[] =>
  spec.scorers.flatMap(({ id, type }) => {
    const scorer = findScorer(type);
    return scorer === undefined ? [] : metricsOf(scorer).map(({ key }) => `${id}.${key}`);
  });

/** Which way a metric is good. */
export const metricDirection = (type: string, key: string): "higher" | "lower" => {
  const scorer = findScorer(type);
  return (scorer && metricsOf(scorer).find((metric) => metric.key === key)?.better) ?? "higher";
};

/**
 * Whether what an experiment asks hangs on the moment of the answers, as latency and cost do: by its main metric, or, for a gate, by any of its scorers. Other
 * experiments leave such metrics out where answers were not given together.
 */
export const isTimed = ({ scorers, primary }: ExperimentSpec, ofGate: boolean): boolean =>
  scorers.some(({ id, type }) => {
    const scorer = findScorer(type);
    const asked = ofGate || primary.startsWith(`${id}.`);
    return asked && scorer !== undefined && metricsOf(scorer).some(({ timed }) => timed === true);
  });
