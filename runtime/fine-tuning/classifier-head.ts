import { type LexicalFeatures, lexicalRow } from "./lexical-features";
import { type FeatureRows, type SoftmaxWeights, scoreRow, softmaxInPlace } from "./softmax-regression";
import { joinSparseRows } from "./sparse-rows";

/** A trained classifier: what it needs beside the embedding of a text. */
export interface ClassifierHead {
  readonly labels: readonly string[];
  /** Numbers in a vector of the embedding model it was trained on. */
  readonly dimensions: number;
  readonly lexical: LexicalFeatures | null;
  readonly weights: SoftmaxWeights;
  /** Scores are divided by it before softmax, so that a confidence of 0.8 is right in about 80 of 100 cases. */
  readonly temperature: number;
}

/**
 * How strongly each kind of feature enters. Chosen on a part of BANKING77's training file (never its test file) among embeddings at 10 and 15 and
 * n-grams at 0, 5 and 10: with n-grams at 5, 92.5 % of the validation rows are right, without any 91.6 %.
 */
const denseScale = 10;
const lexicalScale = 5;

/** Vectors are brought to one length, so that models of any scale behave alike. */
export const featureRows = (
  texts: readonly string[],
  vectors: readonly ArrayLike<number>[],
  dimensions: number,
  lexical: LexicalFeatures | null,
): FeatureRows => {
  const dense = new Float32Array(texts.length * dimensions);
  for (const [row, vector] of vectors.entries()) {
    let squares = 0;
    for (let index = 0; index < dimensions; index += 1) squares += (vector[index] ?? 0) ** 2;
    const scale = denseScale / (Math.sqrt(squares) || 1);
    for (let index = 0; index < dimensions; index += 1) dense[row * dimensions + index] = (vector[index] ?? 0) * scale;
  }
  if (lexical === null) return { count: texts.length, dense, denseWidth: dimensions, sparse: null, sparseWidth: 0 };
  const sparse = joinSparseRows(texts.map((text) => lexicalRow(lexical, text)));
  for (let index = 0; index < sparse.values.length; index += 1)
    sparse.values[index] = (sparse.values[index] ?? 0) * lexicalScale;
  return { count: texts.length, dense, denseWidth: dimensions, sparse, sparseWidth: lexical.buckets };
};

/** Probabilities over all labels, in their order, for each text; each sums to 1. */
export const predict = (
  head: ClassifierHead,
  texts: readonly string[],
  vectors: readonly ArrayLike<number>[],
): Float32Array[] => {
  const rows = featureRows(texts, vectors, head.dimensions, head.lexical);
  return texts.map((_, row) => {
    const scores = new Float32Array(head.labels.length);
    scoreRow(head.weights, rows, row, scores);
    for (let k = 0; k < scores.length; k += 1) scores[k] = (scores[k] ?? 0) / head.temperature;
    softmaxInPlace(scores);
    return scores;
  });
};

export const indexOfMost = (values: ArrayLike<number>): number => {
  let best = 0;
  for (let index = 1; index < values.length; index += 1) if ((values[index] ?? 0) > (values[best] ?? 0)) best = index;
  return best;
};
