/**
 * Differences in -1 … 1 of independent clusters, folded: `times[i]` clusters of the relative weight `weights[i]` (0 … 1, the heaviest planned has 1) differ
 * by `values[i]`.
 */
export interface Bets {
  readonly values: Float64Array;
  readonly weights: Float64Array;
  readonly times: Float64Array;
}

/** Values between two knots are taken as so much of either: log is concave, so the capital can only be less, and what it shows remains true. */
const knots = 64;
const weightKnots = 16;

/** Knot below, and how far beyond it. Sums of several numbers miss a knot by their last digits. */
const between = (place: number): readonly [knot: number, over: number] => {
  const nearest = Math.round(place);
  if (Math.abs(place - nearest) < 1e-9) return [nearest, 0];
  const below = Math.floor(place);
  return [below, place - below];
};

/** Folds clusters onto a grid, so that what follows costs the same for ten and for 100,000 of them. `largest` is the weight of the heaviest cluster planned. */
export const betsOf = (sums: Float64Array, weights: Float64Array, largest: number): Bets => {
  const width = weightKnots + 1;
  const cells = new Float64Array((2 * knots + 1) * width);
  const put = (value: number, weight: number, times: number) => {
    if (times > 0) cells[value * width + weight] = (cells[value * width + weight] as number) + times;
  };
  for (let g = 0; g < sums.length; g += 1) {
    const mass = weights[g] as number;
    const [value, over] = between((Math.min(1, Math.max(-1, (sums[g] as number) / mass)) + 1) * knots);
    const [weight, more] = between(Math.min(1, mass / largest) * weightKnots);
    put(value, weight, (1 - over) * (1 - more));
    put(value + 1, weight, over * (1 - more));
    put(value, weight + 1, (1 - over) * more);
    put(value + 1, weight + 1, over * more);
  }
  const places = [...cells.keys()].filter((place) => cells[place] !== 0);
  return {
    values: Float64Array.from(places, (place) => Math.floor(place / width) / knots - 1),
    weights: Float64Array.from(places, (place) => (place % width) / weightKnots),
    times: Float64Array.from(places, (place) => cells[place] as number),
  };
};

/** Stakes, in units of the one that is best for differences as far apart as can be; how much of the capital is laid on each. */
const stakes = [2, 6, 18] as const;
const shares = [0.94, 0.04, 0.02] as const;
/** Of the most that can be staked without being ruined by one row. */
const boldest = 0.98;

/** The first stake, in units of 1 / √(clusters planned). */
export const stakeAt = (alpha: number): number => stakes[0] * Math.sqrt(2 * Math.log(2 / alpha));

/** How far what is bet on spreads from 0, in units of the heaviest cluster's weight: √(Σ w² x² / Σ w²). */
export const deviationOf = ({ values, weights, times }: Bets): number => {
  let [squares, mass] = [0, 0];
  for (let place = 0; place < values.length; place += 1) {
    const weight = (times[place] as number) * (weights[place] as number) ** 2;
    mass += weight;
    squares += weight * (values[place] as number) ** 2;
  }
  return mass > 0 ? Math.sqrt(squares / mass) : 0;
};

/** Logarithm of the capital of who bets that the true mean is above `mean`. `stake` is that of the first share. */
const capital = ({ values, weights, times }: Bets, mean: number, stake: number, side: 1 | -1): number => {
  const bound = side * mean;
  const logs = stakes.map((factor, index) => {
    const bet = Math.min((factor / stakes[0]) * stake, boldest / (1 + bound));
    let log = Math.log(shares[index] as number);
    for (let place = 0; place < values.length; place += 1)
      log +=
        (times[place] as number) *
        Math.log1p(bet * (weights[place] as number) * (side * (values[place] as number) - bound));
    return log;
  });
  const most = Math.max(...logs);
  return most + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - most), 0));
};

/**
 * Bounds of a mean in -1 … 1 that hold at all times at once, whatever the distribution and however few the rows, with probability 1 - alpha: those means are left out that
 * would have made somebody rich who bet against them. Hedged capital of I. Waudby-Smith and A. Ramdas, JRSS B 86 (2024) 1, section 4.4 (half of it on either side),
 * with the stakes √(2 log(2/α) / n) / σ of their eq. 26 for three fixed σ in the place of running estimates, so that the order of the rows does not matter.
 * `planned` is the number of clusters of the heaviest's weight that are as good as all planned, Σ (w / largest)², fixed before the first look. So is `alpha`, which the stakes
 * hang on; `level` may follow the rows, as long as it is never above alpha.
 */
export const bettingBounds = (
  bets: Bets,
  { alpha, level = alpha, planned }: { readonly alpha: number; readonly level?: number; readonly planned: number },
): { readonly low: number; readonly high: number } => {
  const goal = Math.log(2 / Math.min(alpha, level));
  const stake = stakeAt(alpha) / Math.sqrt(Math.max(1, planned));
  let [mass, sum] = [0, 0];
  for (let place = 0; place < bets.values.length; place += 1) {
    const weight = (bets.times[place] as number) * (bets.weights[place] as number);
    mass += weight;
    sum += weight * (bets.values[place] as number);
  }
  const value = mass > 0 ? sum / mass : 0;
  const edge = (side: 1 | -1): number => {
    // In units that the side is for: capital falls as the mean under test rises.
    const richer = (mean: number) => capital(bets, side * mean, stake, side) - goal;
    let [poor, rich] = [side * value, -1];
    let [above, below] = [richer(poor), richer(rich)];
    if (below < 0) return -side;
    for (let step = 0; step < 100 && Math.abs(poor - rich) > 1e-12; step += 1) {
      // The chord's root (Dowell and Jarratt's Illinois), every third time the middle, so that it always ends.
      const middle = step % 3 === 2 ? (poor + rich) / 2 : (poor * below - rich * above) / (below - above);
      const seen = richer(middle);
      if (seen >= 0) {
        rich = middle;
        below = seen;
        above /= 2;
      } else {
        poor = middle;
        above = seen;
        below /= 2;
      }
    }
    return side * poor;
  };
  return { low: edge(1), high: edge(-1) };
};
