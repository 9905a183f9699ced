import { normalCdf, normalQuantile } from "./normal";

/** Share of alpha that what is said on the way and not borne out at the end may take beside the end's, which has all of it. */
const excessShare = 0.06;

const steps = 40;

/**
 * Level of bounds by betting on the way, so that what they say early and the end does not confirm comes to at most 0.06 alpha: both together are wrong in at most 1.06
 * alpha. The capital of one stake λ is a straight line's, B(t) ≥ L / λ + λ t / 2 with L = log(2 / level), in units in which all rows planned have the variance 1; that a
 * Brownian motion crosses it and still ends below z is e^-L Φ(z - 2 L / λ) (D. Siegmund, Sequential Analysis (1985), eq. 3.15), twice for two sides. `deviation` is that of
 * the differences, the heaviest cluster's: the wider they spread, the bolder is the stake, the earlier it claims, and the less of it the end confirms. Never above alpha, so that the bounds keep it
 * whatever the rows are. `stake` is λ in units of 1 / √(rows planned).
 */
export const levelOnTheWay = (alpha: number, deviation: number, stake: number): number => {
  const least = Math.log(2 / alpha);
  const end = normalQuantile(1 - alpha / 2);
  const unconfirmed = (goal: number) => 2 * Math.exp(-goal) * normalCdf(end - (2 * goal) / (stake * deviation));
  if (!(deviation > 0) || unconfirmed(least) <= excessShare * alpha) return alpha;
  // At e^-L = 0.03 alpha even an end that confirms nothing is no more.
  let [low, high] = [least, Math.log(2 / (excessShare * alpha))];
  for (let step = 0; step < steps; step += 1) {
    const middle = (low + high) / 2;
    if (unconfirmed(middle) > excessShare * alpha) low = middle;
    else high = middle;
  }
  return 2 * Math.exp(-high);
};
