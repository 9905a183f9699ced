import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { type BootstrapDraws, bootstrapDraws } from "../statistics/bca";
import { drawClusters } from "../statistics/resample";
import type { Frame, Parts } from "./evidence";

export type Corpus = (parts: readonly unknown[], times: ArrayLike<number>) => number | null;

const blocks = 50;
/** Cells looked at over all draws of one metric, about; and the fewest and most draws. */
const work = 3e7;
const [fewest, most] = [499, 1_999];

/** Values of a corpus metric with rows resampled, all variants on the same rows, then with blocks of rows left out. NaN where it is not defined. */
export const corpusDraws = (
  corpus: Corpus,
  variants: readonly Parts[],
  frame: Frame,
  { seed, share = 1 }: { readonly seed: number; readonly share?: number },
) => {
  const places = new Map<number, number>();
  const of = variants.map(({ rows }) =>
    Int32Array.from(rows, (row) => {
      const cluster = frame.clusters[row] as number;
      const place = places.get(cluster) ?? places.size;
      places.set(cluster, place);
      return place;
    }),
  );
  const base = variants.map(({ rows, shares }) =>
    shares.map((each, index) => each * (frame.weights[rows[index] as number] as number)),
  );
  const times = base.map((each) => new Float64Array(each.length));
  const cells = base.reduce((sum, { length }) => sum + length, 0);
  const draws = Math.round(
    Math.max(fewest * Math.min(1, share + 0.2), Math.min(most * share, (work * share) / Math.max(1, cells))),
  );
  const evaluate = (counts: ArrayLike<number>) =>
    variants.map(({ parts }, variant) => {
      const [factor, place, time] = [base[variant], of[variant], times[variant]] as [
        Float64Array,
        Int32Array,
        Float64Array,
      ];
      for (let index = 0; index < factor.length; index += 1)
        time[index] = (factor[index] as number) * (counts[place[index] as number] as number);
      return corpus(parts, time) ?? Number.NaN;
    });
  const clusters = places.size;
  const counts = new Uint16Array(clusters).fill(1);
  const values = evaluate(counts);
  const random = seededRandom(seed);
  const drawn = variants.map(() => new Float64Array(draws));
  for (let draw = 0; draw < draws; draw += 1) {
    drawClusters(counts, random);
    for (const [variant, value] of evaluate(counts).entries()) (drawn[variant] as Float64Array)[draw] = value;
  }
  const parts = Math.min(blocks, clusters);
  const left = variants.map(() => new Float64Array(parts));
  for (let block = 0; block < parts; block += 1) {
    for (let cluster = 0; cluster < clusters; cluster += 1) counts[cluster] = cluster % parts === block ? 0 : 1;
    for (const [variant, value] of evaluate(counts).entries()) (left[variant] as Float64Array)[block] = value;
  }
  return { clusters, values, drawn, left };
};

export type CorpusDraws = ReturnType<typeof corpusDraws>;

const defined = (values: Float64Array) => values.filter((value) => !Number.isNaN(value));

/** Draws of one variant, or of its difference to the baseline; null where the metric is not defined. */
export const drawsOf = (
  { values, drawn, left }: CorpusDraws,
  variant: number,
  baseline?: number,
): BootstrapDraws | null => {
  const take = (from: readonly Float64Array[]) => {
    const own = from[variant] as Float64Array;
    const other = baseline === undefined ? undefined : from[baseline];
    return defined(other === undefined ? own : own.map((value, index) => value - (other[index] as number)));
  };
  const value = (values[variant] as number) - (baseline === undefined ? 0 : (values[baseline] as number));
  const draws = take(drawn);
  return Number.isNaN(value) || draws.length < 20 ? null : bootstrapDraws(value, draws, take(left));
};
