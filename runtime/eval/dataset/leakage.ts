import { normaliseText } from "@/runtime/fine-tuning/normalise-text";
import type { GraphDocument } from "@/runtime/graph/document";
import type { DatasetRow } from "../contract/dataset-row";

const textsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : []).flatMap((each) => {
    if (typeof each === "string") return [each];
    if (typeof each !== "object" || each === null) return [];
    const { user, text, examples } = each as { user?: unknown; text?: unknown; examples?: unknown };
    return [user, text].flatMap((one) => (typeof one === "string" ? [one] : [])).concat(textsIn(examples));
  });

/** Examples that a pipeline's own steps show to a model, or decide by. */
export const exampleTexts = ({ nodes }: GraphDocument): string[] =>
  nodes.flatMap(({ config }) => [...textsIn(config.examples), ...textsIn(config.labels)]);

/** References of trained classifiers that a pipeline asks, such as "intent@3". */
export const trainedModels = ({ nodes }: GraphDocument): string[] =>
  nodes.flatMap(({ type, config }) => {
    const { model } = config as { model?: { reference?: unknown } };
    return type === "fine-tuned/classify" && typeof model?.reference === "string" ? [model.reference] : [];
  });

/** Rows one of whose inputs is one of these texts, whatever its case, width and spacing: a variant that has seen them is judged too well. */
export const leakingRows = <Row extends Pick<DatasetRow, "inputs">>(
  rows: readonly Row[],
  texts: readonly string[],
): Row[] => {
  const seen = new Set(texts.map(normaliseText).filter((text) => text !== ""));
  return seen.size === 0
    ? []
    : rows.filter(({ inputs }) =>
        Object.values(inputs).some((value) => typeof value === "string" && seen.has(normaliseText(value))),
      );
};
