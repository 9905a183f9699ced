import { labelFigures } from "@/runtime/eval/scorers/lib/label-figures";
import { wilson } from "@/runtime/eval/statistics/wilson";
import { bootstrap, type Estimate } from "./intervals";

/** One held-out row: what it is, what the model said, and how sure. Labels as places in the list of labels; -1 for one that training never saw. */
export interface Judged {
  readonly actual: number;
  readonly predicted: number;
  readonly confidence: number;
}

export interface LabelScore {
  readonly label: string;
  /** Held-out rows of the label. */
  readonly support: number;
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
}

export interface CalibrationBin {
  readonly from: number;
  readonly to: number;
  readonly count: number;
  readonly confidence: number;
  readonly accuracy: number;
}

export interface Evaluation {
  readonly rows: number;
  readonly accuracy: Estimate;
  readonly macroF1: Estimate;
  /** Accuracy of always saying the most frequent label: what any model must beat. */
  readonly majority: number;
  readonly labels: readonly LabelScore[];
  /** Cells of the confusion matrix that are not 0, most first, the right answers included: places of actual and predicted, and rows. */
  readonly confusion: readonly (readonly [actual: number, predicted: number, count: number])[];
  readonly calibration: { readonly error: number; readonly bins: readonly CalibrationBin[] };
}

const bins = 10;
/** Cells kept of a confusion matrix: of 1,000 labels it would have a million. */
const mostCells = 4_000;

export const evaluate = (labels: readonly string[], judged: readonly Judged[], seed = 1): Evaluation => {
  const right = judged.filter(({ actual, predicted }) => actual === predicted).length;
  const support = new Map<number, number>();
  const cells = new Map<string, number>();
  for (const { actual, predicted } of judged) {
    support.set(actual, (support.get(actual) ?? 0) + 1);
    const key = `${actual},${predicted}`;
    cells.set(key, (cells.get(key) ?? 0) + 1);
  }
  const once = new Uint16Array(judged.length).fill(1);
  return {
    rows: judged.length,
    accuracy: wilson(right, judged.length),
    macroF1: bootstrap(judged.length, (times) => macroF1(labels.length, judged, times), { seed }),
    majority: judged.length === 0 ? 0 : Math.max(...support.values()) / judged.length,
    labels: scoresByLabel(labels.length, judged, once).map((score, index) => ({
      label: labels[index] ?? "",
      ...score,
    })),
    confusion: [...cells]
      .map(([key, count]) => [...key.split(",").map(Number), count] as unknown as [number, number, number])
      .sort((one, other) => other[2] - one[2] || one[0] - other[0] || one[1] - other[1])
      .slice(0, mostCells),
    calibration: calibration(judged),
  };
};

const scoresByLabel = (labels: number, judged: readonly Judged[], times: Uint16Array) => {
  const [hits, said, are] = [new Float64Array(labels), new Float64Array(labels), new Float64Array(labels)];
  for (const [row, { actual, predicted }] of judged.entries()) {
    const weight = times[row] ?? 0;
    said[predicted] = (said[predicted] ?? 0) + weight;
    if (actual < 0) continue;
    are[actual] = (are[actual] ?? 0) + weight;
    if (actual === predicted) hits[actual] = (hits[actual] ?? 0) + weight;
  }
  return Array.from(hits, (hit, k) => {
    const support = are[k] ?? 0;
    return { support, ...(labelFigures(hit, said[k] ?? 0, support) ?? { precision: 0, recall: 0, f1: 0 }) };
  });
};

/** Mean F1 over the labels that the rows hold. */
export const macroF1 = (labels: number, judged: readonly Judged[], times: Uint16Array): number => {
  const present = scoresByLabel(labels, judged, times).filter(({ support }) => support > 0);
  return present.length === 0 ? 0 : present.reduce((sum, { f1 }) => sum + f1, 0) / present.length;
};

/** Expected calibration error over ten bins of equal width: Naeini et al., AAAI 2015. */
const calibration = (judged: readonly Judged[]): Evaluation["calibration"] => {
  const sums = Array.from({ length: bins }, () => ({ count: 0, confidence: 0, right: 0 }));
  for (const { actual, predicted, confidence } of judged) {
    const bin = sums[Math.min(bins - 1, Math.floor(confidence * bins))];
    if (bin === undefined) continue;
    bin.count += 1;
    bin.confidence += confidence;
    if (actual === predicted) bin.right += 1;
  }
  const filled = sums.map(({ count, confidence, right }, index) => ({
    from: index / bins,
    to: (index + 1) / bins,
    count,
    confidence: count > 0 ? confidence / count : 0,
    accuracy: count > 0 ? right / count : 0,
  }));
  const error = filled.reduce((sum, bin) => sum + bin.count * Math.abs(bin.confidence - bin.accuracy), 0);
  return { error: judged.length === 0 ? 0 : error / judged.length, bins: filled };
};
