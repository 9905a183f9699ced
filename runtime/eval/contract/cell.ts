import type { Score } from "./scorer";

/** One variant's answer to one row, once: what statistics and reports are made of. */
export interface Cell {
  /** Place of the variant in the spec. */
  readonly variant: number;
  /** Place of the row among those that the experiment took. */
  readonly row: number;
  /** 0, 1, 2 … */
  readonly repeat: number;
  readonly status: "success" | "failure";
  readonly durationMs: number;
  /** null where an endpoint did not say. */
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: number | null;
  /** How often it was tried: its run, steps of it that were tried again, and what could not be had before. Left out for one. */
  readonly attempts?: number;
  /** The earlier experiment that it was taken from; left out where it was asked in this one. */
  readonly source?: string;
  /** By scorer id. A scorer that failed on this cell is not in here. */
  readonly scores: Readonly<Record<string, Score>>;
}

/** A pairwise scorer's (or a person's) choice between the baseline's answer and a variant's. */
export interface PairCell {
  readonly scorerId: string;
  readonly variant: number;
  readonly row: number;
  readonly repeat: number;
  /** -1 (baseline better) … 1 (variant better); null: could not be judged. */
  readonly value: number | null;
}

/** What a person said of what a judge judged: the mean of several people's answers. */
export interface PeopleLabel {
  readonly scorerId: string;
  readonly variant: number;
  readonly row: number;
  readonly repeat: number;
  readonly value: number;
}

/** What reports need to know of a row beside its cells. */
export interface ReportRow {
  readonly weight: number;
  readonly tags: readonly string[];
  readonly split: string | null;
  /** Rows of one group are one cluster. null: a cluster of its own. */
  readonly group: string | null;
  /** The same for rows that ask the same: they are one cluster, too. Left out or empty: like no other. */
  readonly inputsKey?: string;
}
