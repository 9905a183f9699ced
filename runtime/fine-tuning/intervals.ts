import { seededRandom } from "./seeded-random";

/** A measured share or mean, and where the true one lies with 95 % confidence. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

const z95 = 1.959964;

/** Wilson's score interval (1927): right for small samples and shares near 0 and 1, where the usual one is not. */
export const wilson = (hits: number, count: number): Estimate => {
  if (count === 0) return { value: 0, low: 0, high: 1 };
  const share = hits / count;
  const square = z95 * z95;
  const middle = (share + square / (2 * count)) / (1 + square / count);
  const reach = (z95 / (1 + square / count)) * Math.sqrt((share * (1 - share)) / count + square / (4 * count * count));
  return { value: share, low: Math.max(0, middle - reach), high: Math.min(1, middle + reach) };
};

/** Percentile bootstrap over rows drawn with replacement: Efron & Tibshirani, 1993, chapter 13. `statistic` is told how often each row was drawn. */
export const bootstrap = (
  rows: number,
  statistic: (times: Uint16Array) => number,
  { draws = 500, seed = 1 }: { readonly draws?: number; readonly seed?: number } = {},
): Estimate => {
  const value = statistic(new Uint16Array(rows).fill(1));
  if (rows === 0) return { value, low: value, high: value };
  const random = seededRandom(seed);
  const values = new Float64Array(draws);
  const times = new Uint16Array(rows);
  for (let draw = 0; draw < draws; draw += 1) {
    times.fill(0);
    for (let each = 0; each < rows; each += 1) {
      const row = Math.floor(random() * rows);
      times[row] = (times[row] ?? 0) + 1;
    }
    values[draw] = statistic(times);
  }
  values.sort();
  const at = (share: number) => values[Math.min(draws - 1, Math.floor(share * draws))] ?? value;
  return { value, low: at(0.025), high: at(0.975) };
};
