import { normalCdf, normalQuantile } from "./normal";

/**
 * All follow-ups of a question together may add a fiftieth of its alpha to that of the first look, which has the whole: a question that is looked at once, as
 * most are, loses no power, and one that is looked at often is wrong hardly more often. As much again they may claim on the way and not confirm.
 */
const followUpShare = 0.02;

/**
 * The part of alpha that look number 1, 2, 3 … may spend: the follow-ups a half, a quarter, an eighth … of their share. What is said while a follow-up runs has
 * this level alone, since all of it may be wrong where neither the looks before nor the end confirm it.
 */
export const spentOnLook = (number: number, alpha: number): number =>
  number <= 1 ? alpha : alpha * followUpShare * 2 ** -(number - 1);

const steps = 48;

/**
 * Chance that the first of two standard normal values with the correlation given stays within `first` and the second leaves `second`, by Simpson's rule: the
 * recursion of P. Armitage, C. K. McPherson and B. C. Rowe, JRSS A 132 (1969) 235, for two looks.
 */
const insideThenOutside = (first: number, second: number, correlation: number): number => {
  const rest = Math.sqrt(Math.max(1e-12, 1 - correlation * correlation));
  const reach = 7;
  let sum = 0;
  for (let step = 0; step <= steps; step += 1) {
    const z = second + (reach * step) / steps;
    const inside = normalCdf((first - correlation * z) / rest) - normalCdf((-first - correlation * z) / rest);
    const factor = step === 0 || step === steps ? 1 : step % 2 === 1 ? 4 : 2;
    sum += factor * Math.exp((-z * z) / 2) * inside;
  }
  return ((2 * reach) / (3 * steps) / Math.sqrt(2 * Math.PI)) * sum;
};

export interface EarlierLook {
  /** Two-sided level that it was decided at. */
  readonly level: number;
  /** Correlation of the two estimates: shared / √(cases then × cases now), 0 where no answer is shared. */
  readonly correlation: number;
}

/**
 * Two-sided level of a look, so that all looks at a question are wrong at most 1.02 alpha together: alpha spending by the number of the look (K. K. G. Lan and D. L.
 * DeMets, Biometrika 70 (1983) 659). What an earlier look has refused already is not spent again, which any one of them gives a bound for.
 */
export const levelOfLook = (number: number, alpha: number, earlier: readonly EarlierLook[]): number => {
  const own = spentOnLook(number, alpha);
  if (number <= 1) return alpha;
  return earlier.reduce((best, { level, correlation }) => {
    if (!(correlation > 0.01)) return best;
    const first = normalQuantile(1 - level / 2);
    let [low, high] = [own, alpha];
    if (insideThenOutside(first, normalQuantile(1 - high / 2), correlation) <= own) return alpha;
    for (let step = 0; step < 16; step += 1) {
      const middle = Math.sqrt(low * high);
      if (insideThenOutside(first, normalQuantile(1 - middle / 2), correlation) <= own) low = middle;
      else high = middle;
    }
    return Math.max(best, low);
  }, own);
};
