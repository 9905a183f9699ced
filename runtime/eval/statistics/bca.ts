import { normalCdf, normalQuantile } from "./normal";

/** Draws of a bootstrap, ready for intervals of any confidence. */
export interface BootstrapDraws {
  readonly value: number;
  /** Least first. */
  readonly sorted: Float64Array;
  /** Bias correction z0. */
  readonly bias: number;
  readonly acceleration: number;
}

/** The z of a draw that has `below` of all below it, never infinite: half a draw is the least. */
const zOf = (below: number, draws: number) => normalQuantile(Math.min(draws - 0.5, Math.max(0.5, below)) / draws);

/** Draws below `value`; equal ones count half. */
const below = (sorted: Float64Array, value: number): number => {
  const first = (wanted: (draw: number) => boolean) => {
    let [low, high] = [0, sorted.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (wanted(sorted[middle] as number)) high = middle;
      else low = middle + 1;
    }
    return low;
  };
  return (first((draw) => draw >= value) + first((draw) => draw > value)) / 2;
};

/**
 * Prepares draws for the bias-corrected and accelerated interval: B. Efron, JASA 82 (1987) 171. `left` are the values with one row, or one block of rows, left out;
 * they give the acceleration by eq. 6.6 of T. J. DiCiccio and B. Efron, Statistical Science 11 (1996) 189.
 */
export const bootstrapDraws = (value: number, draws: Float64Array, left: ArrayLike<number>): BootstrapDraws => {
  const sorted = draws.toSorted();
  const mean = Array.from(left).reduce((sum, each) => sum + each, 0) / left.length;
  let [squares, cubes] = [0, 0];
  for (let index = 0; index < left.length; index += 1) {
    const distance = mean - (left[index] as number);
    squares += distance ** 2;
    cubes += distance ** 3;
  }
  return {
    value,
    sorted,
    bias: zOf(below(sorted, value), sorted.length),
    acceleration: squares > 0 ? cubes / (6 * squares ** 1.5) : 0,
  };
};

/** The draw that has `share` of all below it, between two of them where it falls there: Hyndman and Fan's type 6 (1996). */
export const quantileOf = (sorted: Float64Array, share: number): number => {
  const place = Math.min(sorted.length, Math.max(1, share * (sorted.length + 1)));
  const lower = Math.floor(place);
  const [first, second] = [sorted[lower - 1] as number, sorted[Math.min(sorted.length, lower + 1) - 1] as number];
  return first + (place - lower) * (second - first);
};

/** BCa interval: Efron 1987, eq. 2.3; DiCiccio and Efron 1996, eq. 2.3. */
export const bcaInterval = (
  { sorted, bias, acceleration }: BootstrapDraws,
  alpha = 0.05,
): { low: number; high: number } => {
  const at = (z: number) => quantileOf(sorted, normalCdf(bias + (bias + z) / (1 - acceleration * (bias + z))));
  const z = normalQuantile(1 - alpha / 2);
  return { low: at(-z), high: at(z) };
};
