import { normalCdf, normalQuantile } from "./normal";

/**
 * Score statistic of a paired difference of shares under `difference`: T. Tango, Statistics in Medicine 17 (1998) 891, eq. 8. `wins` and `losses` are the rows
 * that only one side has right, `rows` all. With difference 0 it is McNemar's without continuity correction. Falls as `difference` rises.
 */
export const tangoScore = (wins: number, losses: number, rows: number, difference: number): number => {
  const a = 2 * rows;
  const b = -wins - losses + (2 * rows - wins + losses) * difference;
  const c = -losses * difference * (1 - difference);
  // Share of losses that fits best when the difference is as said.
  const share = Math.max(0, (Math.sqrt(Math.max(0, b * b - 4 * a * c)) - b) / (2 * a));
  const variance = rows * (2 * share + difference * (1 - difference));
  const distance = wins - losses - rows * difference;
  if (variance <= 1e-14 * rows) return Math.abs(distance) < 1e-9 ? 0 : Math.sign(distance) * Number.POSITIVE_INFINITY;
  return distance / Math.sqrt(variance);
};

/** Score interval of a paired difference of shares: all differences that the score test does not refuse (Tango 1998), to 1e-12. */
export const tangoInterval = (
  wins: number,
  losses: number,
  rows: number,
  alpha = 0.05,
): { value: number; low: number; high: number } => {
  const z = normalQuantile(1 - alpha / 2);
  const value = (wins - losses) / rows;
  const edge = (target: number, outside: number) => {
    let [inner, outer] = [value, outside];
    if (Math.abs(tangoScore(wins, losses, rows, outside)) <= z) return outside;
    for (let step = 0; step < 60 && Math.abs(outer - inner) > 1e-13; step += 1) {
      const middle = (inner + outer) / 2;
      if (Math.abs(tangoScore(wins, losses, rows, middle)) <= target) inner = middle;
      else outer = middle;
    }
    return (inner + outer) / 2;
  };
  return { value, low: edge(z, -1), high: edge(z, 1) };
};

/** One-sided p-value that the true difference is at most `difference`. */
export const tangoAbove = (wins: number, losses: number, rows: number, difference: number): number =>
  normalCdf(-tangoScore(wins, losses, rows, difference));
