import type { Cell, PairCell, PeopleLabel, ReportRow } from "./cell";
import type { MetricDefinition } from "./metric";

/** All that a report is made of. The same input gives the same report, to the last digit. */
export interface ReportInput {
  readonly madeAt: string;
  /** Two-sided error of each comparison before the correction for many: less than the question's for a follow-up, and where losers may be dropped, which has a part of it. */
  readonly alpha: number;
  /** Which look at its question it is, and the question's alpha. Left out: the first. */
  readonly look?: { readonly number: number; readonly alpha: number };
  readonly correction: "holm" | "benjamini-hochberg";
  readonly margin: number | null;
  readonly seed: number;
  readonly variants: readonly { readonly key: string; readonly label: string }[];
  readonly baseline: number;
  readonly repeats: number;
  readonly primary: string;
  readonly scorers: readonly {
    readonly id: string;
    /** Shown before the metric's own title where two scorers have metrics of one name. */
    readonly title: { readonly en: string; readonly zh: string };
    readonly metrics: readonly MetricDefinition[];
    /** A pairwise scorer or a person's preference: it has `pairs` instead of scores. */
    readonly pairwise: boolean;
    /** A judge that nobody has accepted yet does not count. */
    readonly counts: boolean;
  }[];
  /** Those that the experiment took, in order: `Cell.row` is a place in here. */
  readonly rows: readonly ReportRow[];
  /** In any order; those that are there. Duration, tokens and cost of a cell are no metrics unless a scorer makes them some. */
  readonly cells: readonly Cell[];
  readonly pairs: readonly PairCell[];
  /** What people said of answers, or pairs, that a judge judged too, in the judge's own units. */
  readonly labels?: readonly PeopleLabel[];
  readonly cached: readonly number[];
  /** By variant: answers that could not be had because a model was busy or away; they are not among the cells. */
  readonly unanswered?: readonly number[];
  /** By variant, the rows of these, where they are known. */
  readonly unansweredRows?: readonly (readonly number[])[];
  /** By variant: answers that went on with a reply that is not whole: cut off, held back or empty. They count like others. */
  readonly notWhole?: readonly number[];
  readonly cellsTotal: number;
  /** What was known of each row before the experiment, and its mean over all rows that could have been taken: the main metric is adjusted for it. */
  readonly covariates?: {
    readonly names: readonly ("earlier" | "length")[];
    /** values[row][covariate] */
    readonly values: readonly (readonly number[])[];
    readonly population: { readonly rows: number; readonly means: readonly number[] };
  };
  /** Both variants are the same version: a check of how often a difference is called where there is none. */
  readonly sameVersion?: boolean;
  /** Losers may be dropped, whether anybody was or not. */
  readonly dropping?: boolean;
  /** Losers that are not run any further: the first `rows` rows of each count, and what was under way beyond them does not. */
  readonly dropped?: readonly { readonly variant: number; readonly rows: number; readonly by: number }[];
  /** Known from elsewhere, e.g. `leakage`. */
  readonly cautions: readonly string[];
}
