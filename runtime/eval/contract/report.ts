import type { Localized } from "@/runtime/node/localized";
import type { MetricId, MetricScale, MetricUnit } from "./metric";

/** A measured value, and where the true one lies with the report's confidence (1 - alpha). Bounds are null where too little is known. */
export interface Interval {
  readonly value: number;
  readonly low: number | null;
  readonly high: number | null;
  /** Names a row of the table of methods, e.g. `wilson`, `bca-bootstrap`, `cluster-bootstrap`, `newcombe-paired`, `student-t`. */
  readonly method: string;
}

export interface TestResult {
  /** e.g. `mcnemar-exact`, `wilcoxon-signed-rank`, `paired-t`, `paired-permutation`, `sign`. */
  readonly name: string;
  readonly statistic: number | null;
  readonly pValue: number;
  /** After the correction for many metrics and variants. */
  readonly adjustedPValue: number;
}

export type Decision = "better" | "worse" | "not-worse" | "no-difference" | "inconclusive";

export interface VariantValue {
  readonly variant: number;
  /** Rows that have a value. */
  readonly rows: number;
  /** Rows without: the scorer did not apply, the run failed, or it is not there yet. */
  readonly missing: number;
  /** Of the rows: those that count as the worst value seen, because an answer failed or could not be read. Left out where there are none. */
  readonly lacking?: number;
  /** null without rows. */
  readonly estimate: Interval | null;
  /** Of milliseconds, tokens, cost and other numbers: the value below which half of the rows lie, 95 of 100, and 99 of 100, which reports of before do not say. */
  readonly quantiles?: { readonly median: number; readonly p95: number; readonly p99?: number };
}

/** A variant against the baseline, on the rows that both have. */
export interface Comparison {
  readonly variant: number;
  readonly rows: number;
  /** Groups of rows that depend on each other count once. */
  readonly clusters: number;
  /**
   * variant - baseline, in the metric's own units. null without rows. It leaves out 0 wherever `decision` is better or worse; where many comparisons are
   * corrected for, it is wider than the report's confidence asks.
   */
  readonly difference: Interval | null;
  /** Confidence of `difference`: the report's, or more after the correction. */
  readonly confidence: number;
  readonly test: TestResult | null;
  readonly effectSize: { readonly name: string; readonly value: number } | null;
  /** The difference of the usual row, a median: of milliseconds, tokens and cost, whose mean a few rows may carry. Left out where weights differ. */
  readonly typical?: Interval;
  /** What to be careful about with this difference, by key of the table of cautions, e.g. `few-for-mean`. */
  readonly cautions?: readonly string[];
  /** What other well-known methods say of the same rows, uncorrected: for experts, never decisive. Left out in segments and while answers are missing. */
  readonly others?: {
    readonly tests: readonly { readonly name: string; readonly pValue: number }[];
    readonly intervals: readonly Interval[];
  };
  readonly nonInferiority: { readonly margin: number; readonly pValue: number; readonly holds: boolean } | null;
  /** Always-valid bounds of the difference: may be looked at while the experiment runs. null where the metric has none. */
  readonly sequence: Interval | null;
  readonly decision: Decision;
  /** It would be decided, but rows that have a value of one of the two alone could turn it. */
  readonly turnedByMissing?: boolean;
  /** Standard error of the difference; null where it is not known. Left out by earlier versions. */
  readonly error?: number | null;
  /** The smallest true difference that this many rows would show with 80 % power. */
  readonly detectable: number | null;
  /**
   * More rows that settle it with 80 % power where the difference is as seen: not worse than the margin, where one is set. null where it is settled, no number of
   * rows would do, or nobody asked.
   */
  readonly moreRows: number | null;
  /** Of a judge: how many of people's labels correct it, what it says alone, and how far it is leant on (0 is people alone). */
  readonly corrected?: { readonly labels: number; readonly judge: number; readonly lambda: number };
  /** Adjusted for what was known of the rows before: the difference without that, and the share of its variance that is gone. */
  readonly adjusted?: { readonly plain: number; readonly gain: number };
  /** Of the main metric, where rows were repeated: how far the difference varies from row to row, and from repeat to repeat. Variances. */
  readonly parts?: { readonly between: number; readonly within: number };
  /** Rows where the variant is better, worse, the same. */
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
}

export interface MetricReport {
  readonly id: MetricId;
  readonly scorerId: string;
  readonly title: Localized;
  readonly scale: MetricScale;
  readonly unit: MetricUnit | null;
  readonly better: "higher" | "lower";
  /** false: a judge that nobody has accepted yet. Shown, never counted. */
  readonly counts: boolean;
  /** `pair`: a preference between two variants; `values` is then empty and `difference` is wins minus losses. */
  readonly kind: "mean" | "corpus" | "pair";
  readonly values: readonly VariantValue[];
  readonly comparisons: readonly Comparison[];
  /** Rows left out because their answers were given at different times: what one takes and costs hangs on that. Left out where there are none. */
  readonly apart?: number;
}

export interface SegmentReport {
  /** A tag or a split, or the expected label. */
  readonly kind: "tag" | "split" | "label";
  readonly name: string;
  /** 0, or how many rare names are taken together here; `name` is then empty. */
  readonly folded: number;
  readonly rows: number;
  readonly values: readonly VariantValue[];
  readonly comparisons: readonly Comparison[];
}

/** The main metric as rows came in: for the chart over time. */
export interface CumulativePoint {
  readonly rows: number;
  readonly difference: Interval;
  readonly sequence: Interval | null;
}

export interface ConfusionMatrix {
  readonly scorerId: string;
  readonly variant: number;
  readonly labels: readonly string[];
  /** counts[actual][predicted]; the last label may stand for all others. */
  readonly counts: readonly (readonly number[])[];
}

/** What the whole experiment says, as data; `sayVerdict` puts it into a sentence. */
export interface Verdict {
  readonly kind: "better" | "worse" | "not-worse" | "no-difference" | "inconclusive" | "single" | "too-early";
  /** Place of the variant it is about: the best one. null for `single` and `too-early`. */
  readonly variant: number | null;
  readonly baseline: number;
  readonly metric: MetricId;
  readonly difference: Interval | null;
  readonly rows: number;
  readonly moreRows: number | null;
  /** Cost, latency and other metrics of note, most telling first: relative change and whether it is beyond chance. */
  readonly beside: readonly {
    readonly metric: MetricId;
    /** (variant - baseline) / baseline; null where the baseline is 0 or unknown. */
    readonly relative: number | null;
    readonly difference: Interval;
    readonly decision: Decision;
  }[];
  /** What a careful reader should know, e.g. `few-rows`, `clustered`, `failures`, `judge-not-accepted`, `leakage`, `partial`. */
  readonly cautions: readonly string[];
}

/** Of three variants or more. */
export interface BestSet {
  /** Those that no other is surely better than: the best one is among them with the report's confidence. */
  readonly variants: readonly number[];
  /** The one with the largest gain over the baseline. */
  readonly leader: number;
  /** Its gain, shrunk: whoever is picked as the best of several was partly lucky. null where that is not known. */
  readonly gain: number | null;
}

/** A variant that was not run any further because another was surely better. */
export interface Dropped {
  readonly variant: number;
  /** After so many rows, in the order in which they are run. */
  readonly rows: number;
  /** The variant that was better, by so much on these rows, in the direction that is good; bounds hold at all times at once, for all pairs of variants. */
  readonly by: number;
  readonly lead: Interval;
  readonly confidence: number;
}

/** Three variants or more by a scorer that compares two answers. */
export interface Strengths {
  readonly metric: MetricId;
  /** Of each interval, so that all of them together have the report's. */
  readonly confidence: number;
  /** Rows that are independent of each other. */
  readonly clusters: number;
  readonly entries: readonly {
    readonly variant: number;
    /** That were compared. */
    readonly rows: number;
    /** Chance to be preferred to the baseline; null where it has no bounds. */
    readonly chance: Interval | null;
    /** Why it has none: it only won, it only lost, or it was not compared. */
    readonly beyond: "above" | "below" | "apart" | null;
  }[];
}

/** Of a version against itself: how often experiments on such rows call a difference by the main metric. */
export interface SameVersion {
  /** Experiments drawn anew from the rows. */
  readonly draws: number;
  readonly called: Interval;
  /** Alpha: the share that may. */
  readonly promised: number;
}

/** A segment in which a variant does the opposite of what it does in all other rows. */
export interface Interaction {
  readonly variant: number;
  readonly kind: SegmentReport["kind"];
  readonly name: string;
  readonly rows: number;
  /** variant - baseline in the segment, and in the rest. */
  readonly within: number;
  readonly without: number;
  /** Corrected for the number of segments and variants. */
  readonly pValue: number;
}

export interface Report {
  readonly version: 1;
  /** ISO 8601. */
  readonly madeAt: string;
  /** How many answers of people went into it: another number there is now makes it stale. */
  readonly answers?: number;
  /** Confidence of all intervals, e.g. 0.95. */
  readonly confidence: number;
  readonly seed: number;
  /** How many metrics and variants are allowed for. Left out by earlier versions. */
  readonly correction?: "holm" | "benjamini-hochberg";
  /** Which look at its question it is: 1, or more where the same was asked before of other rows or for other answers. All looks share one alpha, `own` is what this one has of it. */
  readonly look?: { readonly number: number; readonly alpha: number; readonly own: number };
  /** Groups of rows that are independent of each other. */
  readonly clusters?: number;
  /** Rows that ask what a row before them asks; left out where there are none. */
  readonly copies?: number;
  readonly variants: readonly {
    readonly key: string;
    readonly label: string;
    readonly cells: number;
    readonly failures: number;
    /** At all its answers; left out where each took one. */
    readonly attempts?: number;
    /** Answers that went on with a reply that is not whole; left out where there are none. */
    readonly notWhole?: number;
    /** Answers that could not be had because a model was busy or away; they count neither for it nor against it. */
    readonly unanswered?: number;
    readonly cached: number;
    /** Of these, answers that had failed then and are failures here too; left out where there are none. */
    readonly cachedFailures?: number;
    /** null where the cost of an answer is not known. */
    readonly totalCostMicroUsd: number | null;
    /** The part of it that is known: "at least" so much. */
    readonly knownCostMicroUsd?: number;
    /** Of the answers whose tokens are known. */
    readonly inputTokens: number;
    readonly outputTokens: number;
    /** Answers whose tokens are not known. */
    readonly uncounted?: number;
  }[];
  readonly baseline: number;
  readonly rows: number;
  readonly repeats: number;
  /** Cells wanted and there. */
  readonly cells: { readonly done: number; readonly total: number };
  readonly primary: MetricId;
  readonly metrics: readonly MetricReport[];
  /** Losers may be dropped: what of the look's alpha that has. Left out where they may not. */
  readonly dropping?: { readonly alpha: number };
  /** In the order in which they were dropped; left out where nobody was. */
  readonly dropped?: readonly Dropped[];
  /** By each scorer that compares two answers; left out for two variants, and while answers are missing. */
  readonly strengths?: readonly Strengths[];
  /** Left out where the variants are not the same version, while answers are missing, and for metrics of all rows. */
  readonly sameVersion?: SameVersion;
  /** By the main metric; left out for two variants, and while answers are missing. */
  readonly best?: BestSet;
  /** Of the main metric, the surest first; left out where there are none. */
  readonly interactions?: readonly Interaction[];
  /** Of the main metric. */
  readonly segments: readonly SegmentReport[];
  /** Of the main metric, by variant other than the baseline. */
  readonly cumulative: readonly { readonly variant: number; readonly points: readonly CumulativePoint[] }[];
  readonly confusion: readonly ConfusionMatrix[];
  readonly verdict: Verdict;
}
