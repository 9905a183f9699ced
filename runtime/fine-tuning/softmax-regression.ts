import { seededRandom, shuffle } from "./seeded-random";
import type { SparseRows } from "./sparse-rows";

/** Rows to learn from or to judge. Dense features come row after row; sparse ones may be missing. */
export interface FeatureRows {
  readonly count: number;
  readonly dense: Float32Array;
  readonly denseWidth: number;
  readonly sparse: SparseRows | null;
  readonly sparseWidth: number;
}

/** Scores of label k are `bias[k] + Σ dense[f] · denseWeights[f · labels + k] + Σ sparse[f] · sparseWeights[f · labels + k]`. */
export interface SoftmaxWeights {
  readonly labels: number;
  readonly bias: Float32Array;
  readonly denseWeights: Float32Array;
  readonly sparseWeights: Float32Array;
}

export interface SoftmaxSettings {
  readonly learningRate: number;
  /** Strength of the pull towards small weights, on dense features. */
  readonly l2: number;
  /** The same on sparse features, felt by a feature only in batches that hold it. */
  readonly sparseL2: number;
  readonly batchSize: number;
  readonly seed: number;
}

const beta1 = 0.9;
const beta2 = 0.999;
const tiny = 1e-8;

/**
 * Multinomial logistic regression with an L2 penalty, by mini-batches and Adam: Kingma & Ba, "Adam: A Method for Stochastic Optimization",
 * ICLR 2015 (https://arxiv.org/abs/1412.6980), algorithm 1. Sparse weights are moved only in the batches that hold their feature
 * (TensorFlow calls this LazyAdam), which is what makes a large hashed space cheap. The step size falls along half a cosine over the planned
 * epochs. Everything follows from the data and the seed: the same input gives the same weights, bit by bit, on one build of Node.
 */
export class SoftmaxTraining {
  readonly weights: SoftmaxWeights;
  readonly #moments: Record<"bias" | "dense" | "sparse", readonly [Float32Array, Float32Array]>;
  readonly #order: Uint32Array;
  readonly #random: () => number;
  #step = 0;

  constructor(
    private readonly rows: FeatureRows,
    /** Place of the label of each row. */
    private readonly targets: Int32Array,
    /** Weight of each label's rows; 1 is usual. */
    private readonly labelWeights: Float32Array,
    private readonly settings: SoftmaxSettings,
    private readonly epochs: number,
  ) {
    const labels = labelWeights.length;
    const dense = rows.denseWidth * labels;
    const sparse = rows.sparse === null ? 0 : rows.sparseWidth * labels;
    this.weights = {
      labels,
      bias: new Float32Array(labels),
      denseWeights: new Float32Array(dense),
      sparseWeights: new Float32Array(sparse),
    };
    const pair = (length: number) => [new Float32Array(length), new Float32Array(length)] as const;
    this.#moments = { bias: pair(labels), dense: pair(dense), sparse: pair(sparse) };
    this.#order = Uint32Array.from({ length: rows.count }, (_, index) => index);
    this.#random = seededRandom(settings.seed);
  }

  /** One pass over all rows; gives their mean loss on the way. */
  epoch(): number {
    shuffle(this.#order, this.#random);
    const { batchSize } = this.settings;
    let loss = 0;
    for (let start = 0; start < this.rows.count; start += batchSize) {
      loss += this.#batch(this.#order.subarray(start, Math.min(start + batchSize, this.rows.count)));
    }
    return loss / Math.max(1, this.rows.count);
  }

  #batch(batch: Uint32Array): number {
    const { rows, targets, labelWeights, settings, weights } = this;
    const { labels } = weights;
    const denseGradient = new Float32Array(weights.denseWeights.length);
    const biasGradient = new Float32Array(labels);
    const touched = new Map<number, Float32Array>();
    const scores = new Float32Array(labels);
    const scale = 1 / batch.length;
    let loss = 0;
    for (const row of batch) {
      scoreRow(weights, rows, row, scores);
      const target = targets[row] ?? 0;
      const weight = labelWeights[target] ?? 1;
      loss += softmaxInPlace(scores, target) * weight;
      for (let k = 0; k < labels; k += 1) scores[k] = (scores[k] as number) * weight * scale;
      scores[target] = (scores[target] as number) - weight * scale;
      for (let k = 0; k < labels; k += 1) biasGradient[k] = (biasGradient[k] as number) + (scores[k] as number);
      addOuter(denseGradient, rows.dense, row * rows.denseWidth, rows.denseWidth, scores);
      if (rows.sparse !== null) {
        const { starts, indices, values } = rows.sparse;
        for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
          const feature = indices[at] as number;
          let gradient = touched.get(feature);
          if (gradient === undefined) {
            gradient = new Float32Array(labels);
            touched.set(feature, gradient);
          }
          const value = values[at] as number;
          for (let k = 0; k < labels; k += 1) gradient[k] = (gradient[k] as number) + value * (scores[k] as number);
        }
      }
    }
    this.#step += 1;
    const steps = Math.max(1, this.epochs * Math.ceil(rows.count / settings.batchSize));
    const rate = settings.learningRate * 0.5 * (1 + Math.cos((Math.PI * Math.min(this.#step, steps)) / steps));
    const { bias, dense, sparse } = this.#moments;
    this.#move(weights.bias, 0, biasGradient, bias, rate, 0);
    this.#move(weights.denseWeights, 0, denseGradient, dense, rate, settings.l2);
    for (const [feature, gradient] of touched)
      this.#move(weights.sparseWeights, feature * labels, gradient, sparse, rate, settings.sparseL2);
    return loss;
  }

  #move(
    weights: Float32Array,
    offset: number,
    gradient: Float32Array,
    [first, second]: readonly [Float32Array, Float32Array],
    rate: number,
    l2: number,
  ) {
    const correction1 = 1 - beta1 ** this.#step;
    const correction2 = 1 - beta2 ** this.#step;
    for (let index = 0; index < gradient.length; index += 1) {
      const at = offset + index;
      const weight = weights[at] as number;
      const slope = (gradient[index] as number) + l2 * weight;
      const mean = beta1 * (first[at] as number) + (1 - beta1) * slope;
      const square = beta2 * (second[at] as number) + (1 - beta2) * slope * slope;
      first[at] = mean;
      second[at] = square;
      weights[at] = weight - (rate * (mean / correction1)) / (Math.sqrt(square / correction2) + tiny);
    }
  }
}

/** Scores of one row, before softmax, written into `scores`. */
export const scoreRow = (weights: SoftmaxWeights, rows: FeatureRows, row: number, scores: Float32Array): void => {
  const { labels, bias, denseWeights, sparseWeights } = weights;
  scores.set(bias);
  const { dense, denseWidth, sparse } = rows;
  for (let feature = 0, at = row * denseWidth; feature < denseWidth; feature += 1, at += 1) {
    const value = dense[at] as number;
    const base = feature * labels;
    for (let k = 0; k < labels; k += 1) scores[k] = (scores[k] as number) + value * (denseWeights[base + k] as number);
  }
  if (sparse === null) return;
  const { starts, indices, values } = sparse;
  for (let at = starts[row] as number; at < (starts[row + 1] as number); at += 1) {
    const value = values[at] as number;
    const base = (indices[at] as number) * labels;
    for (let k = 0; k < labels; k += 1) scores[k] = (scores[k] as number) + value * (sparseWeights[base + k] as number);
  }
};

/** Turns scores into probabilities; gives the loss, -ln of the target's probability. */
export const softmaxInPlace = (scores: Float32Array, target = 0): number => {
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > most) most = score;
  const aim = (scores[target] ?? 0) - most;
  let sum = 0;
  for (let k = 0; k < scores.length; k += 1) {
    const value = Math.exp((scores[k] as number) - most);
    scores[k] = value;
    sum += value;
  }
  for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] as number) / sum;
  return Math.log(sum) - aim;
};

const addOuter = (into: Float32Array, from: Float32Array, start: number, width: number, scores: Float32Array): void => {
  const labels = scores.length;
  for (let feature = 0; feature < width; feature += 1) {
    const value = from[start + feature] as number;
    const base = feature * labels;
    for (let k = 0; k < labels; k += 1) into[base + k] = (into[base + k] as number) + value * (scores[k] as number);
  }
};
