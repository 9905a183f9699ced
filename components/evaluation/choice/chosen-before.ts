import { metricId } from "@/runtime/eval/contract/metric";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { metricsOf } from "@/runtime/eval/scorers/metrics-of";
import { freeScorerId, primaryOf, type ScorerForm, type SetUpForm } from "../set-up/set-up-form";
import type { EvaluationChoice } from "./use-evaluation-choice";

const usual: EvaluationChoice["scorer"] = { type: "label/accuracy", config: {} };
const besides = ["run/latency", "run/cost"];

/** Whether answers can be compared by it wherever there is something to compare: it needs no person, no model and no run beside the answer. */
export const comparesAnswers = (type: string): boolean => {
  const scorer = findScorer(type);
  return scorer?.needs.output === true && !scorer.asksModel && !scorer.judge && scorer.asksPerson !== true;
};

/** What a new experiment begins with: the scorer that was chosen before, or else the exact label; mapping and column only where the dataset is the same. */
export const chosenBefore = (
  datasetId: string | null,
  choice: EvaluationChoice | null,
): Pick<SetUpForm, "datasetId" | "inputs" | "scorers"> => {
  const same = choice !== null && choice.datasetId === datasetId;
  const known = choice?.scorer && findScorer(choice.scorer.type) ? choice.scorer : usual;
  const scorers: ScorerForm[] = [];
  const add = (type: string, config: ScorerForm["config"], expected: string | null) =>
    scorers.push({ id: freeScorerId(type, scorers), type, config, output: null, expected });
  add(known.type, known.config, same ? choice.expected : null);
  for (const type of besides) add(type, {}, null);
  return { datasetId, inputs: same ? choice.inputs : {}, scorers };
};

/** What of a form is remembered: the scorer of its main question, where that compares answers. */
export const choiceOf = (
  form: SetUpForm,
  dataset: { readonly id: string; readonly name: string },
): EvaluationChoice => {
  const primary = primaryOf(form);
  const asked = form.scorers.find(({ id, type }) => {
    const scorer = findScorer(type);
    return scorer !== undefined && metricsOf(scorer).some(({ key }) => metricId(id, key) === primary);
  });
  const scorer = asked && comparesAnswers(asked.type) ? asked : form.scorers.find(({ type }) => comparesAnswers(type));
  return {
    datasetId: dataset.id,
    datasetName: dataset.name,
    inputs: { ...form.inputs },
    expected: scorer?.expected ?? null,
    scorer: scorer ? { type: scorer.type, config: { ...scorer.config } } : null,
  };
};
