/** Places of the actual and the predicted label, and rows. */
export type ConfusionCell = readonly [actual: number, predicted: number, count: number];

export interface ConfusionMap {
  /** Places of the labels shown, most mistaken first. */
  readonly labels: readonly number[];
  /** There are other labels: the last line and the last column of the counts are theirs. */
  readonly folded: boolean;
  /** Rows by actual and predicted label, right answers included. */
  readonly counts: readonly (readonly number[])[];
  /** Most frequent mistakes among all labels. */
  readonly pairs: readonly { readonly actual: number; readonly predicted: number; readonly count: number }[];
}

/** The part of a confusion matrix that can be read: the labels with the most mistakes, all others as one. Labels that training never saw (-1) have no place. */
export const confusionMap = (cells: readonly ConfusionCell[], mostLabels = 16, mostPairs = 10): ConfusionMap => {
  const known = cells.filter(([actual]) => actual >= 0);
  const mistakes = known.filter(([actual, predicted]) => actual !== predicted);
  const weight = new Map<number, number>();
  for (const [actual, predicted, count] of mistakes) {
    weight.set(actual, (weight.get(actual) ?? 0) + count);
    weight.set(predicted, (weight.get(predicted) ?? 0) + count);
  }
  const labels = [...weight]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, mostLabels)
    .map(([label]) => label);
  const places = new Map(labels.map((label, place) => [label, place]));
  const folded = known.some(([actual, predicted]) => !places.has(actual) || !places.has(predicted));
  const size = labels.length + (folded ? 1 : 0);
  const counts = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  for (const [actual, predicted, count] of known) {
    const line = counts[places.get(actual) ?? size - 1];
    const column = places.get(predicted) ?? size - 1;
    if (line) line[column] = (line[column] ?? 0) + count;
  }
  return {
    labels,
    folded,
    counts,
    pairs: mistakes
      .toSorted((left, right) => right[2] - left[2])
      .slice(0, mostPairs)
      .map(([actual, predicted, count]) => ({ actual, predicted, count })),
  };
};
