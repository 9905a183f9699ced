import type { ClusteredSample } from "../statistics/clustered-sample";
import type { Corpus } from "./corpus-draws";
import { leavingOut } from "./corpus-units";
import type { Frame, Parts } from "./evidence";

/** What a metric of all rows is when each cluster is left out in turn. */
export interface Jackknife {
  readonly value: number;
  /**
   * The metric as a mean over clusters: pseudo-values, whose mean has the metric's error (J. W. Tukey, Annals of Mathematical Statistics 29 (1958) 614). Many
   * clusters are left out in blocks.
   */
  readonly sample: ClusteredSample;
  readonly clusters: number;
  /** As many clusters of one weight would say as much. */
  readonly effective: number;
  /** Clusters on which the two sides are not the same. */
  readonly moved: number;
  /** By expected label: clusters that have it, as many as of one weight. Empty where the metric is not about labels. */
  readonly labels: readonly number[];
}

/** Leaves clusters out of a metric of all rows, or of its difference between two sides that have the same rows. null where it is not defined. */
export const corpusJackknife = (corpus: Corpus, sides: readonly Parts[], frame: Frame): Jackknife | null => {
  const { units, left, labels, moved, mass, effective } = leavingOut(sides, frame);
  const taken = sides.map(({ parts, rows, shares }, side) => {
    const [starts, places] = [units.starts[side] as Int32Array, units.places[side] as Int32Array];
    const own: unknown[] = [];
    const times: number[] = [];
    const ends = left.map(({ units: out, times: count }) => {
      for (const unit of out)
        for (let index = starts[unit] as number; index < (starts[unit + 1] as number); index += 1) {
          const place = places[index] as number;
          own.push(parts[place]);
          times.push(count * (shares[place] as number) * (frame.weights[rows[place] as number] as number));
        }
      return own.length;
    });
    return { parts: own, times: Float64Array.from(times), ends };
  });
  const evaluate = (): number | null => {
    const [own, other] = taken.map(({ parts, times }) => corpus(parts, times));
    if (own === null || own === undefined || other === null) return null;
    return own - (other ?? 0);
  };
  const value = evaluate();
  if (value === null) return null;
  const length = left.reduce((sum, { times }) => sum + times, 0);
  const sums = new Float64Array(length);
  const weights = new Float64Array(length);
  let next = 0;
  for (const [index, { units: out, times: count }] of left.entries()) {
    const kept = taken.map(({ times, ends }) => {
      const [begin, end] = [ends[index - 1] ?? 0, ends[index] as number];
      const before = times.slice(begin, end);
      for (let place = begin; place < end; place += 1) times[place] = ((times[place] as number) * (count - 1)) / count;
      return { times, begin, before };
    });
    const without = evaluate();
    for (const { times, begin, before } of kept) times.set(before, begin);
    const own = out.reduce((sum, unit) => sum + (units.masses[unit] as number), 0);
    const residual = without === null ? 0 : (value - without) * (mass - own);
    sums.fill(value * own + residual, next, next + count);
    weights.fill(own, next, next + count);
    next += count;
  }
  return {
    value,
    sample: { sums, weights, rows: units.masses.length },
    clusters: units.masses.length,
    effective,
    moved,
    labels,
  };
};
