import { seededRandom } from "./seeded-random";

/** A measured share or mean, and where the true one lies with 95 % confidence. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

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
