import { z } from "zod";
import type { DatasetColumn } from "@/runtime/eval/contract/dataset-row";
import { type ExperimentSpec, experimentDraft } from "@/runtime/eval/contract/experiment-spec";
import { evalLimits } from "@/runtime/eval/contract/limits";
import type { MetricId } from "@/runtime/eval/contract/metric";
import type { Report, Verdict } from "@/runtime/eval/contract/report";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { lineOfText } from "@/server/platform/guard/storable";
import type { JobView } from "@/server/platform/job/job.types";

export const byIdInput = z.strictObject({ id: identifier });
export const listInput = pageInput.extend({ pipelineId: identifier.optional(), datasetId: identifier.optional() });
/** Characters of a label, as scorers read it. */
const longestLabel = 200;

export const forecastInput = z.strictObject({ draft: experimentDraft });
export const startInput = z.strictObject({ name: lineOfText(evalLimits.nameCharacters), draft: experimentDraft });

/** `flipped`: the variant named and the baseline differ on the metric named. `failed`: a cell or a scorer failed. */
export const rowFilters = ["all", "flipped", "better", "worse", "failed"] as const;
export const rowsInput = z.strictObject({
  id: identifier,
  filter: z.enum(rowFilters).default("all"),
  /** Place of the variant compared with the baseline; needed for flipped, better and worse. */
  variant: z
    .int()
    .min(0)
    .max(evalLimits.variants - 1)
    .optional(),
  /** Left out: the experiment's main one. */
  metric: z.string().max(100).optional(),
  tag: z.string().max(evalLimits.tagCharacters).optional(),
  /** Rows where a variant's answer was taken for this label, and that one was expected; as the scorer read both. */
  labels: z
    .strictObject({
      scorer: z.string().max(40),
      variant: z
        .int()
        .min(0)
        .max(evalLimits.variants - 1),
      actual: z.string().max(longestLabel),
      predicted: z.string().max(longestLabel),
    })
    .optional(),
  /** Rows after this one. */
  after: z.int().min(-1).max(evalLimits.rows).default(-1),
  limit: z.int().min(1).max(200).default(100),
});
export const cellInput = z.strictObject({
  id: identifier,
  row: z.int().min(0).max(evalLimits.rows),
  variant: z
    .int()
    .min(0)
    .max(evalLimits.variants - 1),
  repeat: z
    .int()
    .min(0)
    .max(evalLimits.repeats - 1)
    .default(0),
});
export const acceptJudgeInput = z.strictObject({ id: identifier, scorerId: z.string().max(40), accepted: z.boolean() });

export type ExperimentStatus = "queued" | "running" | "success" | "failure" | "cancelled";

export interface ExperimentItem {
  readonly id: string;
  readonly name: string;
  readonly pipeline: { readonly id: string; readonly name: string };
  readonly dataset: { readonly id: string; readonly name: string; readonly versionNumber: number };
  readonly origin: "hand" | "gate" | "template";
  readonly status: ExperimentStatus;
  readonly cellsDone: number;
  readonly cellsTotal: number;
  readonly verdict: Verdict | null;
  readonly variants: readonly { readonly key: string; readonly label: string }[];
  readonly createdAt: Date;
  readonly endedAt: Date | null;
}

export interface ExperimentView extends ExperimentItem {
  readonly spec: ExperimentSpec;
  readonly report: Report | null;
  readonly job: JobView | null;
  /** Revision numbers of the variants, in order. */
  readonly revisionNumbers: readonly number[];
  readonly columns: readonly DatasetColumn[];
  readonly tags: readonly string[];
  /** By scorer id. */
  readonly judges: Readonly<Record<string, { readonly accepted: boolean; readonly labelled: number }>>;
  readonly shared: boolean;
}

export interface Forecast {
  readonly rows: number;
  readonly cells: number;
  /** Answers of earlier experiments that are taken again. */
  readonly cachedCells: number;
  readonly modelCalls: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  /** null where a price is unknown. */
  readonly costMicroUsd: number | null;
  readonly seconds: number | null;
  /** What it was measured on: earlier runs of this pipeline, or nothing yet. */
  readonly basedOn: "runs" | "nothing";
  /** Difference of the main metric that so many rows show with 80 % power; null where it depends on what is not known yet. */
  readonly detectable: number | null;
  /** What an earlier experiment of the pipeline lets one expect. */
  readonly plan: ExperimentPlan;
  readonly warnings: readonly string[];
}

export interface ExperimentPlan {
  /** Name of the experiment that showed how much versions differ; null: none did, what is said is a guess. */
  readonly pilot: string | null;
  /** Rows that neither ask the same nor stand in one group. */
  readonly independent: number;
  /** Where a margin is set: the chance that a variant as good as the baseline is shown to be not worse, and the independent rows for 80 %. null where nothing is known. */
  readonly margin: { readonly power: number; readonly rows: number | null } | null;
  /** Where the pilot repeated its rows. `share` of the variance of one answer's difference is between rows; as many answers tell most as so many rows and repeats. */
  readonly split: {
    readonly share: number;
    readonly rows: number;
    readonly repeats: number;
    /** What it shows with 80 % power; beside it what the plan as it is does. */
    readonly detectable: number;
    readonly planned: number;
  } | null;
}

/** One cell in a list: its answer cut short. */
export interface CellItem {
  readonly variant: number;
  readonly repeat: number;
  /** unanswered: a model was busy or away; it counts for no variant. */
  readonly status: "success" | "failure" | "unanswered";
  /** The scored output, as text, cut. */
  readonly output: string;
  readonly values: Readonly<Record<MetricId, number | null>>;
  readonly durationMs: number;
  readonly costMicroUsd: number | null;
  readonly runId: string | null;
  readonly cached: boolean;
  readonly errorMessage: string | null;
}

export interface RowItem {
  readonly row: number;
  readonly rowId: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly tags: readonly string[];
  readonly cells: readonly CellItem[];
}

export interface RowPage {
  readonly rows: readonly RowItem[];
  /** Pass as `after`; null at the end. */
  readonly next: number | null;
  /** Rows that fit the filter. */
  readonly total: number;
}

export interface CellView extends Omit<CellItem, "output"> {
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly reasons: Readonly<Record<string, string>>;
  /** Why a scorer gave no score, by its id: an English sentence. */
  readonly scoreErrors: Readonly<Record<string, string>>;
  /** The same as a run error's code, which the interface translates. */
  readonly scoreErrorCodes: Readonly<Record<string, string>>;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
}
