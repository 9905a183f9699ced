import type { ExperimentDraft, ExperimentSpec } from "@/runtime/eval/contract/experiment-spec";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";

/** The metric that losers are dropped by; null where it cannot be: values of all rows, without bounds, of the moment, or that wait for people. */
export const droppingMetric = ({ scorers, primary }: Pick<ExperimentDraft, "scorers" | "primary">) => {
  const dot = primary.indexOf(".");
  const scorerId = primary.slice(0, dot);
  const scorer = findScorer(scorers.find(({ id }) => id === scorerId)?.type ?? "");
  if (scorer === undefined || isPairScorer(scorer) || scorer.judge || scorer.asksPerson === true) return null;
  const definition = metricsOf(scorer).find(({ key }) => key === primary.slice(dot + 1));
  const isFit =
    definition !== undefined &&
    definition.corpus === undefined &&
    definition.timed !== true &&
    definition.scale !== "number";
  return isFit ? { scorerId, definition } : null;
};

export const canDropBy = (draft: Pick<ExperimentDraft, "scorers" | "primary">): boolean =>
  droppingMetric(draft) !== null;

/** Whether losers may be dropped, which has a part of the experiment's alpha. */
export const mayDrop = (spec: Pick<ExperimentSpec, "dropLosers" | "variants" | "scorers" | "primary">): boolean =>
  spec.dropLosers && spec.variants.length > 2 && canDropBy(spec);
