import { indexOfMost, predict } from "./classifier-head";
import { type Evaluation, evaluate, type Judged } from "./evaluate";
import { writeHead } from "./head-file";
import type { LabelledRow } from "./labelled-row";
import { holdOut } from "./split-rows";
import { type CurvePoint, type HeadSettings, type TrainingRows, trainHead } from "./train-head";

/** What a training is asked for; plain data, so that it can be sent to another thread. */
export interface TrainingTask {
  readonly settings: HeadSettings;
  /** Share of the rows that is held out where the rows bring no test part of their own. */
  readonly testShare: number;
  readonly rows: readonly LabelledRow[];
  /** Numbers in one vector; the vectors of the rows lie one after the other. */
  readonly dimensions: number;
  readonly vectors: Float32Array;
}

/** What was said of one held-out row. */
export interface Prediction {
  readonly text: string;
  readonly actual: string;
  readonly predicted: string;
  readonly confidence: number;
}

export interface TrainingResult {
  readonly head: Uint8Array;
  readonly labels: readonly string[];
  readonly trainRows: number;
  readonly evaluation: Evaluation;
  readonly curve: readonly CurvePoint[];
  readonly bestEpoch: number;
  readonly validationRows: number;
  readonly temperature: number;
  readonly predictions: readonly Prediction[];
  readonly trainMs: number;
}

export type TrainingStage = "train" | "evaluate";

/** Trains, then judges the head on rows it has not seen. The same task gives the same result, but for the time it took. */
export const runTrainingTask = (
  task: TrainingTask,
  progress: (stage: TrainingStage, done: number, total: number) => void,
  now: () => number,
): TrainingResult => {
  const started = now();
  const { kept, heldOut } = splitOf(task);
  const trained = trainHead(pick(task, kept), task.settings, (done, total) => progress("train", done, total));
  const trainMs = now() - started;
  const { head } = trained;
  const test = pick(task, heldOut);
  const total = test.texts.length;
  progress("evaluate", 0, total);
  const places = new Map(head.labels.map((label, index) => [label, index]));
  const judged: Judged[] = predict(head, test.texts, test.vectors).map((scores, row) => {
    const predicted = indexOfMost(scores);
    return { actual: places.get(test.labels[row] ?? "") ?? -1, predicted, confidence: scores[predicted] ?? 0 };
  });
  const evaluation = evaluate(head.labels, judged, task.settings.seed);
  progress("evaluate", total, total);
  return {
    head: writeHead(head),
    labels: head.labels,
    trainRows: kept.length,
    evaluation,
    curve: trained.curve,
    bestEpoch: trained.bestEpoch,
    validationRows: trained.validationRows,
    temperature: head.temperature,
    trainMs,
    predictions: judged.map(({ predicted, confidence }, row) => ({
      text: test.texts[row] ?? "",
      actual: test.labels[row] ?? "",
      predicted: head.labels[predicted] ?? "",
      confidence,
    })),
  };
};

/** The data's own test part, or else one held out of it. */
const splitOf = ({ rows, testShare, settings }: TrainingTask): { kept: number[]; heldOut: number[] } => {
  const places = rows.map((_, index) => index);
  const heldOut = places.filter((index) => rows[index]?.split === "test");
  if (heldOut.length === 0) return holdOut(rows, testShare, settings.seed);
  return { kept: places.filter((index) => rows[index]?.split !== "test"), heldOut };
};

const pick = ({ rows, vectors, dimensions }: TrainingTask, places: readonly number[]): TrainingRows => ({
  texts: places.map((index) => rows[index]?.text ?? ""),
  labels: places.map((index) => rows[index]?.label ?? ""),
  vectors: places.map((index) => vectors.subarray(index * dimensions, (index + 1) * dimensions)),
});
