/** Places of the actual and the predicted label, and rows. */
export type ConfusionCell = readonly [actual: number, predicted: number, count: number];

export interface ConfusionMap {
  /** Places of the labels shown, most mistaken first. */
  readonly labels: readonly number[];
  /** Mistakes among them by `actual,predicted`. */
  readonly counts: ReadonlyMap<string, number>;
  readonly most: number;
  /** Most frequent mistakes among all labels. */
  readonly pairs: readonly { readonly actual: number; readonly predicted: number; readonly count: number }[];
}

/** The part of a confusion matrix that can be read: the labels with the most mistakes. Labels that training never saw (-1) have no place. */
export const confusionMap = (cells: readonly ConfusionCell[], mostLabels = 16, mostPairs = 10): ConfusionMap => {
  const mistakes = cells.filter(([actual, predicted]) => actual >= 0 && actual !== predicted);
  const weight = new Map<number, number>();
  for (const [actual, predicted, count] of mistakes) {
    weight.set(actual, (weight.get(actual) ?? 0) + count);
    weight.set(predicted, (weight.get(predicted) ?? 0) + count);
  }
  const labels = [...weight]
    .sort((left, right) => right[1] - left[1] || left[0] - right[0])
    .slice(0, mostLabels)
    .map(([label]) => label);
  const shown = new Set(labels);
  const among = mistakes.filter(([actual, predicted]) => shown.has(actual) && shown.has(predicted));
  return {
    labels,
    counts: new Map(among.map(([actual, predicted, count]) => [`${actual},${predicted}`, count])),
    most: Math.max(1, ...among.map(([, , count]) => count)),
    pairs: mistakes
      .toSorted((left, right) => right[2] - left[2])
      .slice(0, mostPairs)
      .map(([actual, predicted, count]) => ({ actual, predicted, count })),
  };
};
