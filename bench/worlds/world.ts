import type { Score } from "@/runtime/eval/contract/scorer";
import type { Chance } from "./chance";

/** One answer of one variant to one row. */
export interface DrawnCell {
  /** By scorer id. */
  readonly scores: Readonly<Record<string, Score>>;
  readonly milliseconds?: number;
  readonly microUsd?: number;
  readonly failed?: boolean;
  /** Taken from an earlier experiment. */
  readonly cached?: boolean;
  /** What people said of a judged answer, by the judge's id. */
  readonly labels?: Readonly<Record<string, number>>;
}

/** One row, and what came of it. */
export interface DrawnRow {
  /** What the variants were given: rows with the same text are the same case. Left out: like no other. */
  readonly input?: string;
  readonly group?: string;
  readonly tags?: readonly string[];
  readonly weight?: number;
  /** cells[variant][repeat]. */
  readonly cells: readonly (readonly DrawnCell[])[];
  /** By variant: how far a judge that compares prefers it to the baseline, -1 to 1. */
  readonly preferences?: readonly number[];
}

/** What is wrong to say, and what is right. */
export interface Truth {
  /** True difference from the baseline by variant, in the metric's own units; NaN where the world does not say. */
  readonly differences: readonly number[];
  /** Which comparisons are looked at: those of the main metric, of all others together, or of its segments. */
  readonly of: "primary" | "others" | "segments";
}

/** How experiments of one kind come about. */
export interface World {
  readonly name: string;
  readonly says: string;
  readonly rows: number;
  readonly variants?: number;
  readonly repeats?: number;
  readonly scorers: readonly { readonly id: string; readonly type: string }[];
  readonly primary: string;
  readonly margin?: number;
  /** Losers are dropped while it runs. */
  readonly dropping?: true;
  /** Left out: the page is looked at while it runs. */
  readonly unwatched?: true;
  /** At most, of one start. */
  readonly looks?: number;
  /** How often the advice of "N more cases" is followed. */
  readonly followUps?: number;
  /** Whether the advice is right is asked: as many rows more as it says, drawn with the difference that was seen. */
  readonly advice?: true;
  /** Rows, where `gate` is set, are checked by a gate that asks for this; the last variant is the candidate. */
  readonly gate?: { readonly margin?: number; readonly floor?: number; readonly ceiling?: number };
  /** How often a gate that was not passed is tried again. */
  readonly tries?: number;
  /** Without one: what is wrong to say is the effect 0. */
  readonly effects: { readonly null: number; readonly power?: number };
  readonly truth: (effect: number) => Truth;
  /** Coverage is not asked where the truth of a metric is not a mean that its interval is about. */
  readonly uncovered?: true;
  readonly begin: (chance: Chance, effect: number) => (row: number) => DrawnRow;
}
