export interface LabelFigures {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

/**
 * Precision, recall and F1 of one label (Sokolova and Lapalme, "A systematic analysis of performance measures for classification tasks", 2009). null where no row
 * expects it: labels are those that the rows expect, and an answer that is none of them is a miss of the label that was expected and no label of its own. A label
 * that was never said has precision 0.
 */
export const labelFigures = (hits: number, predicted: number, expected: number): LabelFigures | null =>
  expected === 0
    ? null
    : {
        precision: predicted === 0 ? 0 : hits / predicted,
        recall: hits / expected,
        f1: hits === 0 ? 0 : (2 * hits) / (predicted + expected),
      };
