import { z } from "zod";
import { evalLimits } from "@/runtime/eval/contract/limits";
import { identifier } from "@/server/platform/guard/identifier";

/** `exact`: the variant's answer is the expected text; `missed`: it is not; `labelled`: people have said something of an answer. */
export const shownRows = ["all", "exact", "missed", "labelled"] as const;

export const sideBySideInput = z.strictObject({
  id: identifier,
  /** Whose answers decide the order; the first that is not the baseline where it is left out. */
  variant: z
    .int()
    .min(0)
    .max(evalLimits.variants - 1)
    .optional(),
  repeat: z
    .int()
    .min(0)
    .max(evalLimits.repeats - 1)
    .default(0),
  show: z.enum(shownRows).default("all"),
  /** Looked for in inputs, expected values and answers. */
  query: z.string().trim().max(100).default(""),
  /** From 0. */
  page: z.int().min(0).max(evalLimits.rows).default(0),
  size: z.int().min(1).max(50).default(20),
});

/** A value as text, cut where it is very long. */
export interface ShownText {
  readonly name: string;
  readonly text: string;
  readonly isCut: boolean;
}

/** What a judge said of an answer, and people: means over those who did. */
export interface ShownJudgement {
  readonly scorerId: string;
  /** In the judge's units, 0 to 1, or -1 to 1 for a preference over the baseline; null where it gave none. */
  readonly judge: number | null;
  readonly reason: string | null;
  readonly people: number | null;
  /** How many people. */
  readonly labels: number;
}

export interface ShownAnswer {
  readonly status: "success" | "failure" | "unanswered";
  readonly text: string;
  readonly isCut: boolean;
  readonly errorMessage: string | null;
  /** The expected text itself, case, width, blanks and punctuation around it aside; null where nothing is expected. */
  readonly isExact: boolean | null;
  /** Of the main metric; null where there is none. */
  readonly value: number | null;
  readonly judgements: readonly ShownJudgement[];
}

export interface ShownRow {
  readonly row: number;
  readonly tags: readonly string[];
  /** How near the answer of the variant that orders is to what was expected, 0 to 1; null where there is none, or nothing is expected. */
  readonly near: number | null;
  readonly inputs: readonly ShownText[];
  readonly expected: readonly ShownText[];
  /** By variant; null where it has not answered yet. */
  readonly answers: readonly (ShownAnswer | null)[];
}

export interface SideBySide {
  readonly rows: readonly ShownRow[];
  /** Whose answers decide the order. */
  readonly variant: number;
  /** Rows that fit, and how many of all are exact. */
  readonly total: number;
  readonly exact: number;
  /** The page that this is: the last where a later one was asked for. */
  readonly page: number;
  readonly pages: number;
}
