/** Bounds with the confidence asked for. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** Bounds that may be unknown: nothing honest can be said of them. */
export interface OpenBounds {
  readonly low: number | null;
  readonly high: number | null;
}

/** Always-valid bounds. `stands`: nothing at the end is to confirm what they say, so that all of alpha is theirs. */
export type Running = (alpha: number, stands?: boolean) => Bounds;

/** What rows say of one difference, before the correction for many comparisons: interval and test follow from one rule and agree at every level. */
export interface Finding {
  readonly rows: number;
  readonly clusters: number;
  readonly value: number;
  /** Standard error; null where it is not known. */
  readonly error: number | null;
  /** Names of the interval and the test. */
  readonly method: string;
  readonly test: { readonly name: string; readonly statistic: number | null };
  /** Two-sided. At most alpha exactly where `interval(alpha)` leaves out 0. */
  readonly pValue: number;
  readonly interval: (alpha: number) => OpenBounds;
  /** One-sided p-value of "the true difference is `bound` or lower". */
  readonly above: (bound: number) => number;
  readonly effectSize: { readonly name: string; readonly value: number } | null;
  /** Tests that were not chosen, by name, with their p-values; worked out on demand. */
  readonly otherTests?: () => readonly { readonly name: string; readonly pValue: number }[];
  /** Intervals that were not chosen, by the name of their method. */
  readonly otherIntervals?: (alpha: number) => readonly (Bounds & { readonly method: string })[];
  /** Always-valid bounds; null where there are none. */
  readonly sequence: Running | null;
  /** Of a judge: how many of people's labels correct it, what it says alone, and how far it is leant on (0 is people alone). */
  readonly corrected?: { readonly labels: number; readonly judge: number; readonly lambda: number };
  /** Adjusted for covariates: the plain difference, and the share of its variance that is gone. */
  readonly adjusted?: { readonly plain: number; readonly gain: number };
  /** The difference of the usual row: median, with bounds that hold for any distribution. Of metrics without bounds, where a few rows may carry the mean. */
  readonly typical?: { readonly value: number; readonly interval: (alpha: number) => Bounds | null };
  /** What a careful reader should know of this difference, by key of the table of cautions. */
  readonly cautions?: readonly string[];
  /** Rows where the variant's value is higher, lower, the same. */
  readonly higher: number;
  readonly lower: number;
  readonly same: number;
}
