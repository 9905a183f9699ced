import { twoSidedNormal } from "./normal";

/** Differences without zeros up to which the exact distribution is counted, ties and all. */
const mostExact = 25;

const ranksOf = (sizes: Float64Array): { readonly ranks: Float64Array; readonly ties: number } => {
  const sorted = sizes.toSorted();
  // By place in order: the mean rank of all that are of this size.
  const means = new Float64Array(sizes.length);
  let ties = 0;
  for (let from = 0; from < sorted.length; ) {
    let to = from;
    while (to + 1 < sorted.length && sorted[to + 1] === sorted[from]) to += 1;
    means.fill((from + to) / 2 + 1, from, to + 1);
    const count = to - from + 1;
    ties += count ** 3 - count;
    from = to + 1;
  }
  const ranks = sizes.map((size) => {
    let [low, high] = [0, sorted.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((sorted[middle] as number) < size) low = middle + 1;
      else high = middle;
    }
    return means[low] as number;
  });
  return { ranks, ties };
};

/**
 * Signed-rank test of paired differences (F. Wilcoxon, Biometrics Bulletin 1 (1945) 80): two-sided p-value of "as likely up as down, by as much". Zeros are left
 * out; ties have mean ranks. Exact up to 25 differences, by counting all signs; beyond, normal with the variance for ties and no continuity correction (M. Hollander,
 * D. A. Wolfe and E. Chicken, Nonparametric Statistical Methods, 3rd ed. 2014, 3.1). `statistic` is the sum of the positive ranks.
 */
export const wilcoxonSignedRank = (
  differences: ArrayLike<number>,
): { readonly statistic: number; readonly pValue: number } => {
  const moved = Float64Array.from(differences).filter((each) => each !== 0 && !Number.isNaN(each));
  const count = moved.length;
  if (count === 0) return { statistic: 0, pValue: 1 };
  const { ranks, ties } = ranksOf(moved.map(Math.abs));
  let statistic = 0;
  for (let index = 0; index < count; index += 1) if ((moved[index] as number) > 0) statistic += ranks[index] as number;
  const whole = (count * (count + 1)) / 2;
  if (count > mostExact) {
    const variance = (count * (count + 1) * (2 * count + 1)) / 24 - ties / 48;
    return { statistic, pValue: twoSidedNormal((statistic - whole / 2) / Math.sqrt(variance)) };
  }
  // Sums of ranks over all signs; doubled, so that mean ranks of ties are whole.
  let ways = new Float64Array(2 * whole + 1);
  ways[0] = 1;
  for (const rank of ranks) {
    const next = ways.slice();
    for (let sum = 0; sum + 2 * rank <= 2 * whole; sum += 1)
      next[sum + 2 * rank] = (next[sum + 2 * rank] as number) + (ways[sum] as number);
    ways = next;
  }
  const extreme = Math.min(2 * statistic, 2 * (whole - statistic));
  let tail = 0;
  for (let sum = 0; sum <= extreme; sum += 1) tail += ways[sum] as number;
  return { statistic, pValue: Math.min(1, (2 * tail) / 2 ** count) };
};
