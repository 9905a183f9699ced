import binomialCdf from "@stdlib/stats-base-dists-binomial-cdf";

/** Values in order, their median, and what can be said of the true one. */
export interface Median {
  readonly value: number;
  /** null where there are too few for the confidence asked for. */
  readonly interval: (alpha: number) => { readonly low: number; readonly high: number } | null;
}

/** Value below which `share` of the sorted ones lie: Hyndman and Fan's type 7 (1996), as NumPy and R have it. */
export const sortedQuantile = (sorted: Float64Array, share: number): number => {
  const place = share * (sorted.length - 1);
  const lower = Math.floor(place);
  const [first, second] = [sorted[lower] as number, sorted[Math.min(sorted.length - 1, lower + 1)] as number];
  return first + (place - lower) * (second - first);
};

/** The largest k with P(X < k) ≤ share for X of so many fair coins. */
const order = (count: number, share: number): number => {
  let [least, most] = [0, Math.floor(count / 2)];
  while (least < most) {
    const middle = Math.ceil((least + most) / 2);
    if (binomialCdf(middle - 1, count, 0.5) <= share) least = middle;
    else most = middle - 1;
  }
  return least;
};

/** Median with the interval between two order statistics that holds for any distribution (W. R. Thompson, Annals of Mathematical Statistics 7 (1936) 122). */
export const medianOf = (values: Float64Array): Median => {
  const sorted = values.toSorted();
  const count = sorted.length;
  return {
    value: sortedQuantile(sorted, 0.5),
    interval: (alpha) => {
      const place = order(count, alpha / 2);
      return place === 0 ? null : { low: sorted[place - 1] as number, high: sorted[count - place] as number };
    },
  };
};
