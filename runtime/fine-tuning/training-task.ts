import { indexOfMost, predict } from "./classifier-head";
import { type Evaluation, evaluate, type Judged } from "./evaluate";
import { writeHead } from "./head-file";
import { type CurvePoint, type HeadSettings, type TrainingRows, trainHead } from "./train-head";

/** What a training is asked for; plain data, so that it can be sent to another thread. Vectors lie one after the other. */
export interface TrainingTask {
  readonly settings: HeadSettings;
  readonly dimensions: number;
  readonly train: PackedRows;
  readonly test: PackedRows;
}
export interface PackedRows {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
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
  const trained = trainHead(unpack(task.train, task.dimensions), task.settings, (done, total) =>
    progress("train", done, total),
  );
  const trainMs = now() - started;
  const { head } = trained;
  const test = unpack(task.test, task.dimensions);
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

const unpack = ({ texts, labels, vectors }: PackedRows, dimensions: number): TrainingRows => ({
  texts,
  labels,
  vectors: texts.map((_, row) => vectors.subarray(row * dimensions, (row + 1) * dimensions)),
});
