type Vector = readonly number[];

/** The vector at length 1; a vector of zeros stays as it is. */
export const unit = (vector: Vector): Vector => {
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((value) => value / length);
};

/** Cosine of two vectors of length 1. */
export const dot = (left: Vector, right: Vector): number =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

export const mean = (vectors: readonly Vector[]): Vector =>
  (vectors[0] ?? []).map((_, index) => vectors.reduce((sum, vector) => sum + (vector[index] ?? 0), 0) / vectors.length);

/** Shares that sum to 1. Subtracting the largest first keeps the exponentials finite. */
export const softmax = (values: readonly number[], temperature: number): readonly number[] => {
  const largest = Math.max(...values);
  const weights = values.map((value) => Math.exp((value - largest) / temperature));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return weights.map((weight) => weight / total);
};

export interface LabelledVectors {
  readonly name: string;
  /** At least one. */
  readonly vectors: readonly Vector[];
}

export interface Ranked {
  readonly name: string;
  /** Cosine similarity, -1 to 1: to the label's mean, or to its nearest example. */
  readonly similarity: number;
  /** 0 to 1; all labels sum to 1. */
  readonly confidence: number;
}

/**
 * Distance to the mean of each label's examples, turned into shares by a softmax: prototypical networks (Snell, Swersky and
 * Zemel, 2017), with cosine similarity over a temperature.
 */
export const byMean = (text: Vector, labels: readonly LabelledVectors[], temperature: number): readonly Ranked[] => {
  const probe = unit(text);
  const similarities = labels.map(({ vectors }) => dot(probe, unit(mean(vectors.map(unit)))));
  const confidences = softmax(similarities, temperature);
  return rank(labels.map(({ name }, index) => [name, similarities[index] ?? 0, confidences[index] ?? 0]));
};

/**
 * The `count` nearest examples vote with weight exp(similarity / temperature): the weighted nearest-neighbour classifier of
 * Wu, Xiong, Yu and Lin (2018). A label without an example among them gets 0.
 */
export const byNearest = (
  text: Vector,
  labels: readonly LabelledVectors[],
  temperature: number,
  count: number,
): readonly Ranked[] => {
  const probe = unit(text);
  const nearest = labels
    .flatMap(({ name, vectors }) => vectors.map((vector) => ({ name, similarity: dot(probe, unit(vector)) })))
    .sort((left, right) => right.similarity - left.similarity);
  const voters = nearest.slice(0, count);
  const shares = softmax(
    voters.map(({ similarity }) => similarity),
    temperature,
  );
  return rank(
    labels.map(({ name }) => [
      name,
      nearest.find((example) => example.name === name)?.similarity ?? -1,
      voters.reduce((sum, voter, index) => sum + (voter.name === name ? (shares[index] ?? 0) : 0), 0),
    ]),
  );
};

/** Best first; of equals, the one that was named first. */
const rank = (rows: readonly (readonly [name: string, similarity: number, confidence: number])[]): readonly Ranked[] =>
  rows
    .map(([name, similarity, confidence]) => ({ name, similarity, confidence }))
    .sort((left, right) => right.confidence - left.confidence || right.similarity - left.similarity);

/** Enough digits to compare, few enough to read. */
export const rounded = (value: number): number => Math.round(value * 10_000) / 10_000;
