import { clusterMean } from "../statistics/cluster-mean";
import { clusteredSample } from "../statistics/clustered-sample";
import { studentQuantile } from "../statistics/student";

/** How far a judge leans, with its 95 % interval; bounds are null where too little is known. */
export interface Lean {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Labels, or pairs, that it is known from. */
  readonly of: number;
}

/** An answer, or a pair, that both a judge and people judged, in the judge's units. */
export interface Judged {
  readonly row: number;
  readonly variant: number;
  readonly judge: number;
  readonly people: number;
  /** Characters of the answer; of a pair, how many times as long the variant's is as the baseline's. null: not known. */
  readonly length: number | null;
}

const alpha = 0.05;
/** Fewer say nothing. */
const least = 8;

const meanOf = (values: readonly number[], rows: readonly number[]): Lean => {
  const sample = clusteredSample(
    Float64Array.from(values),
    new Float64Array(values.length).fill(1),
    Int32Array.from(rows),
  );
  const { mean, error, freedom, clusters } = clusterMean(sample);
  if (clusters < least) return { value: mean, low: null, high: null, of: values.length };
  const reach = studentQuantile(1 - alpha / 2, freedom) * error;
  return { value: mean, low: mean - reach, high: mean + reach, of: values.length };
};

/** By variant: how much higher than people the judge grades it. */
export const variantLeans = (judged: readonly Judged[], variants: number): readonly (Lean | null)[] =>
  Array.from({ length: variants }, (_, variant) => {
    const own = judged.filter((each) => each.variant === variant);
    return own.length === 0
      ? null
      : meanOf(
          own.map(({ judge, people }) => judge - people),
          own.map(({ row }) => row),
        );
  });

/** How much higher than people the judge grades an answer of twice the length: least squares, with the variance of clusters of rows. null where nothing is known. */
export const lengthLean = (judged: readonly Judged[]): Lean | null => {
  const own = judged.flatMap(({ row, judge, people, length }) =>
    length === null || !(length > 0) ? [] : [{ row, lean: judge - people, doublings: Math.log2(length) }],
  );
  const mean = (of: (each: (typeof own)[number]) => number) =>
    own.reduce((sum, each) => sum + of(each), 0) / Math.max(1, own.length);
  const [middle, average] = [mean(({ doublings }) => doublings), mean(({ lean }) => lean)];
  const spread = own.reduce((sum, { doublings }) => sum + (doublings - middle) ** 2, 0);
  const rows = new Set(own.map(({ row }) => row)).size;
  if (rows < least || !(spread > 1e-9)) return null;
  const value = own.reduce((sum, { lean, doublings }) => sum + (doublings - middle) * lean, 0) / spread;
  const byRow = new Map<number, number>();
  for (const { row, lean, doublings } of own) {
    const influence = ((doublings - middle) * (lean - average - value * (doublings - middle))) / spread;
    byRow.set(row, (byRow.get(row) ?? 0) + influence);
  }
  const variance = [...byRow.values()].reduce((sum, each) => sum + each * each, 0) * (rows / (rows - 2));
  const reach = studentQuantile(1 - alpha / 2, rows - 2) * Math.sqrt(variance);
  return { value, low: value - reach, high: value + reach, of: own.length };
};

/** How far the judge prefers the answer that it is shown first, -1 to 1; 0 is fair. null where sides were not kept. */
export const sideLean = (pairs: readonly { readonly row: number; readonly side: number | null }[]): Lean | null => {
  const own = pairs.flatMap(({ row, side }) => (side === null ? [] : [{ row, side }]));
  return own.length === 0
    ? null
    : meanOf(
        own.map(({ side }) => side),
        own.map(({ row }) => row),
      );
};
