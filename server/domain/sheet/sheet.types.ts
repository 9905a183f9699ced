import { z } from "zod";
import type { ReplyOutcome } from "@/runtime/node/reply/reply-outcome";
import { tableOptions } from "@/runtime/table/table-options";
import { triedVariants } from "@/server/domain/run/run.types";
import type { TakenPreview } from "@/server/domain/table/table-preview";
import { tableSource } from "@/server/domain/table/table-source";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { lineOfText } from "@/server/platform/guard/storable";
import type { JobStatus } from "@/server/platform/job/job.types";
import { sheetLimits } from "./sheet-limits";

/** How a row ended: away: a model was busy or away; blank: nothing to ask, so it was not run; empty: no branch reached an output. */
export const rowOutcomes = ["success", "empty", "failure", "away", "blank"] as const;
export type RowOutcome = (typeof rowOutcomes)[number];

/** Most inputs of a pipeline that a sheet feeds. */
const mostInputs = 200;
const inputName = z.string().max(128);

export const byIdInput = z.strictObject({ id: identifier });

export const previewInput = z.strictObject({
  pipelineId: identifier,
  variants: triedVariants,
  source: tableSource,
  /** How the table is taken; what is left out is guessed. */
  options: tableOptions.default({}),
});

export const startInput = previewInput.extend({
  /** The revision of the saved draft that the person sees. */
  revision: z.int().min(1).max(2_147_483_647),
  name: lineOfText(sheetLimits.nameCharacters),
  /** Pipeline input -> place of the column that feeds it. */
  mapping: z
    .record(
      inputName,
      z
        .int()
        .min(0)
        .max(sheetLimits.columns - 1),
    )
    .refine((given) => Object.keys(given).length <= mostInputs, "Too many inputs."),
  /** Values that are the same for every row, by pipeline input. */
  fixed: z
    .record(inputName, z.unknown())
    .refine((given) => Object.keys(given).length <= mostInputs, "Too many inputs.")
    .default({}),
});

export const resumeInput = z.strictObject({
  id: identifier,
  /** Also rows that have failed; otherwise those that were never run or got no answer. */
  failed: z.boolean().default(false),
});

export const listInput = pageInput.extend({ pipelineId: identifier.optional() });

/** Rows of a page that are not as they should be; or all. */
export const rowsInput = z.strictObject({
  id: identifier,
  show: z.enum(["all", "failed"]).default("all"),
  /** Behind this row. */
  after: z.int().min(-1).max(sheetLimits.rows).default(-1),
  limit: z.int().min(1).max(100).default(50),
});

export interface SheetInput {
  readonly name: string;
  readonly title: string | null;
  readonly kind: string;
  readonly required: boolean;
  /** Something stands for it where nothing is given. */
  readonly hasDefault: boolean;
  /** A column can feed it. */
  readonly takesCells: boolean;
}

export interface SheetPreview {
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** First rows, long cells cut. */
  readonly sample: readonly (readonly string[])[];
  readonly taken: TakenPreview;
  readonly inputs: readonly SheetInput[];
  readonly outputs: readonly string[];
  /** The guess, and which inputs of it were taken by a weak sign. */
  readonly mapping: Readonly<Record<string, number>>;
  readonly unsure: readonly string[];
  readonly forecast: SheetForecast;
}

/** What all rows would take, from the latest runs that went well. */
export interface SheetForecast {
  /** Runs that it is made from; 0: it says nothing. */
  readonly basedOn: number;
  readonly seconds: number | null;
  readonly costMicroUsd: number | null;
}

export interface SheetItem {
  readonly id: string;
  readonly name: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly variants: readonly string[];
  readonly jobId: string | null;
  readonly status: JobStatus;
  readonly rowsTotal: number;
  readonly rowsDone: number;
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface SheetView extends SheetItem {
  readonly revisionNumber: number | null;
  readonly columns: readonly string[];
  readonly outputs: readonly string[];
  /** Pipeline input and the column that feeds it. */
  readonly fed: readonly { readonly input: string; readonly column: string }[];
  /** Inputs that are the same for every row. */
  readonly fixed: readonly string[];
  readonly counts: Readonly<Record<RowOutcome, number>>;
  /** Rows with an answer of which a reply was cut, filtered or unfinished. */
  readonly doubtful: number;
  readonly spentMicroUsd: number;
  /** Runs whose cost is not known: the sum is then "at least" so much. */
  readonly uncostedRuns: number;
}

export interface SheetRowItem {
  readonly row: number;
  /** What was asked, long cells cut, by input. */
  readonly asked: readonly { readonly input: string; readonly text: string }[];
  readonly outcome: RowOutcome | null;
  readonly answer: string;
  readonly reply: ReplyOutcome | null;
  readonly runId: string | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
}
