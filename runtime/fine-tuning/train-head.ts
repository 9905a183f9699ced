import { z } from "zod";
import { type ClassifierHead, featureRows, indexOfMost } from "./classifier-head";
import { fitTemperature } from "./fit-temperature";
import { learnLexicalFeatures } from "./lexical-features";
import { type FeatureRows, SoftmaxTraining, type SoftmaxWeights, scoreRow, softmaxInPlace } from "./softmax-regression";
import { holdOut } from "./split-rows";

export const headSettings = z.strictObject({
  /** Words and letters beside the embedding. */
  lexical: z.boolean().default(true),
  /** `balanced`: rows of rare labels weigh more, so that all labels weigh the same together. */
  classWeights: z.enum(["none", "balanced"]).default("none"),
  /** Passes over the rows at most; the one that does best on the validation part counts. */
  epochs: z.int().min(1).max(200).default(30),
  learningRate: z.number().min(0.0001).max(0.1).default(0.005),
  l2: z.number().min(0).max(0.1).default(0.0001),
  seed: z.int().min(0).max(2_147_483_647).default(1),
});
export type HeadSettings = z.output<typeof headSettings>;

export interface CurvePoint {
  readonly epoch: number;
  readonly trainLoss: number;
  readonly validationLoss: number;
  readonly validationAccuracy: number;
}

export interface TrainedHead {
  readonly head: ClassifierHead;
  readonly curve: readonly CurvePoint[];
  readonly bestEpoch: number;
  readonly validationRows: number;
}

export interface TrainingRows {
  readonly texts: readonly string[];
  readonly labels: readonly string[];
  readonly vectors: readonly ArrayLike<number>[];
}

const validationShare = 0.12;
/** Epochs without a better validation loss after which training stops. */
const patience = 4;
/** Weights of the n-grams, over all labels: 4 million are 16 MB. */
const mostSparseWeights = 4_194_304;

export const bucketsFor = (labels: number): number =>
  2 ** Math.max(9, Math.min(16, Math.floor(Math.log2(mostSparseWeights / labels))));

/**
 * Learns a head in two steps. First without a validation part, held out label by label, to find how many epochs do best and how sharp the confidences may
 * be; then with all rows, for that many epochs of the same schedule. `onEpoch` hears of every pass; it may throw to stop.
 */
export const trainHead = (
  rows: TrainingRows,
  settings: HeadSettings,
  onEpoch: (done: number, total: number) => void = () => {},
): TrainedHead => {
  const names = [...new Set(rows.labels)].sort();
  const places = new Map(names.map((name, index) => [name, index]));
  const targets = Int32Array.from(rows.labels, (label) => places.get(label) ?? 0);
  const dimensions = rows.vectors[0]?.length ?? 0;
  const split = holdOut(
    rows.texts.map((text, index) => ({ text, label: rows.labels[index] ?? "" })),
    validationShare,
    settings.seed,
  );
  const buckets = bucketsFor(names.length);
  const prepare = (kept: readonly number[], lexicalFrom: readonly number[]) => {
    const texts = (list: readonly number[]) => list.map((index) => rows.texts[index] ?? "");
    const lexical = settings.lexical ? learnLexicalFeatures(texts(lexicalFrom), buckets) : null;
    const features = (list: readonly number[]) =>
      featureRows(
        texts(list),
        list.map((index) => rows.vectors[index] ?? []),
        dimensions,
        lexical,
      );
    return { lexical, features, targets: Int32Array.from(kept, (index) => targets[index] ?? 0) };
  };
  const all = rows.texts.map((_, index) => index);
  const passes = epochsFor(all.length, settings.epochs);
  let bestEpoch = passes;
  let temperature = 1;
  const curve: CurvePoint[] = [];
  let done = 0;
  const total = 2 * passes;

  if (split.heldOut.length > 0) {
    const { features, targets: own } = prepare(split.kept, split.kept);
    const validation = features(split.heldOut);
    const validationTargets = Int32Array.from(split.heldOut, (index) => targets[index] ?? 0);
    const training = begin(features(split.kept), own, names.length, settings, passes);
    let least = Number.POSITIVE_INFINITY;
    for (let epoch = 1; epoch <= passes; epoch += 1) {
      const trainLoss = training.epoch();
      const seen = judge(training.weights, validation, validationTargets);
      curve.push({ epoch, trainLoss, validationLoss: seen.loss, validationAccuracy: seen.accuracy });
      if (seen.loss < least) {
        least = seen.loss;
        bestEpoch = epoch;
        temperature = fitTemperature(seen.scores, validationTargets);
      }
      done += 1;
      onEpoch(done, total);
      if (epoch - bestEpoch >= patience) break;
    }
  }
  const { lexical, features, targets: own } = prepare(all, all);
  const training = begin(features(all), own, names.length, settings, passes);
  for (let epoch = 1; epoch <= bestEpoch; epoch += 1) {
    training.epoch();
    onEpoch(done + epoch, done + bestEpoch);
  }
  return {
    head: { labels: names, dimensions, lexical, weights: training.weights, temperature },
    curve,
    bestEpoch,
    validationRows: split.heldOut.length,
  };
};

/** Few rows make few steps a pass, so they get more passes: about 600 steps at least. */
const epochsFor = (rows: number, wanted: number): number => {
  const steps = Math.ceil(rows / batchSizeFor(rows));
  return Math.min(200, Math.max(wanted, Math.ceil(600 / Math.max(1, steps))));
};

const batchSizeFor = (rows: number): number => Math.max(8, Math.min(128, Math.round(rows / 32)));

const begin = (
  rows: FeatureRows,
  targets: Int32Array,
  labels: number,
  { learningRate, l2, seed, classWeights }: HeadSettings,
  epochs: number,
): SoftmaxTraining => {
  const labelWeights = new Float32Array(labels).fill(1);
  if (classWeights === "balanced") {
    const counts = new Float32Array(labels);
    for (const target of targets) counts[target] = (counts[target] ?? 0) + 1;
    const present = counts.filter((count) => count > 0).length;
    for (let k = 0; k < labels; k += 1)
      labelWeights[k] = (counts[k] ?? 0) > 0 ? targets.length / (present * (counts[k] ?? 1)) : 1;
  }
  const batchSize = batchSizeFor(targets.length);
  return new SoftmaxTraining(rows, targets, labelWeights, { learningRate, l2, sparseL2: 0, batchSize, seed }, epochs);
};

const judge = (weights: SoftmaxWeights, rows: FeatureRows, targets: Int32Array) => {
  const scores = Array.from(targets, (_, row) => {
    const of = new Float32Array(weights.labels);
    scoreRow(weights, rows, row, of);
    return of;
  });
  let loss = 0;
  let right = 0;
  for (const [row, each] of scores.entries()) {
    const target = targets[row] ?? 0;
    if (indexOfMost(each) === target) right += 1;
    loss += softmaxInPlace(each.slice(), target);
  }
  const count = Math.max(1, targets.length);
  return { scores, loss: loss / count, accuracy: right / count };
};
