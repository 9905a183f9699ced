import { type BootstrapDraws, bcaAbove, bcaInterval } from "../statistics/bca";
import { twoSidedNormal } from "../statistics/normal";
import { percentileInterval } from "../statistics/percentile";
import type { Finding } from "./finding";

const deviation = (values: Float64Array) => {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
};

/** Least alpha whose interval leaves out 0. Draws say nothing of what lies beyond the last of them: there the normal distribution does. */
const levelAtZero = (draws: BootstrapDraws, error: number): number => {
  const without = (alpha: number) => {
    const { low, high } = bcaInterval(draws, alpha);
    return low > 0 || high < 0;
  };
  let [inside, outside] = [1e-12, 1];
  if (without(inside)) return Math.min(2 / (draws.sorted.length + 1), twoSidedNormal(draws.value / error));
  if (!without(1 - 1e-12)) return 1;
  for (let step = 0; step < 60; step += 1) {
    const middle = Math.sqrt(inside * outside);
    if (without(middle)) outside = middle;
    else inside = middle;
  }
  return outside;
};

/** For metrics of all rows together: BCa interval of the paired bootstrap; the p-value is the level at which it begins at 0. */
export const corpusFinding = (draws: BootstrapDraws, rows: number, clusters: number): Finding => {
  const error = deviation(draws.sorted);
  // So few clusters could all have moved the same way by chance.
  const least = Math.min(1, 2 ** (1 - clusters));
  const pValue = error > 0 ? Math.max(least, levelAtZero(draws, error)) : draws.value === 0 ? 1 : least;
  return {
    rows,
    clusters,
    value: draws.value,
    error: error > 0 ? error : null,
    method: "bca-bootstrap",
    test: { name: "paired-bootstrap", statistic: null },
    pValue,
    interval: (alpha) => {
      const { low, high } = bcaInterval(draws, alpha);
      const bounds = { low: Math.min(draws.value, low), high: Math.max(draws.value, high) };
      return pValue > alpha ? { low: Math.min(0, bounds.low), high: Math.max(0, bounds.high) } : bounds;
    },
    above: (bound) => bcaAbove(draws, bound),
    effectSize: null,
    otherIntervals: (alpha) => [{ ...percentileInterval(draws.sorted, alpha), method: "percentile-bootstrap" }],
    sequence: null,
    higher: 0,
    lower: 0,
    same: 0,
  };
};
