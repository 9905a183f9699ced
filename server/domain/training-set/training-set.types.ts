import { z } from "zod";
import type { Finding } from "@/runtime/fine-tuning/check-rows";
import { cleanings } from "@/runtime/fine-tuning/clean-rows";
import { trainingLimits } from "@/runtime/fine-tuning/limits";
import type { ColumnMapping, LeftOut } from "@/runtime/fine-tuning/map-columns";
import { tableOptions } from "@/runtime/table/table-options";
import type { TakenPreview } from "@/server/domain/table/table-preview";
import { tableSource } from "@/server/domain/table/table-source";
import { identifier } from "@/server/platform/guard/identifier";
import { pageInput } from "@/server/platform/guard/page-of";
import { lineOfText } from "@/server/platform/guard/storable";

export const trainingSetLimits = {
  /** Sets of one workspace. */
  sets: 500,
  nameCharacters: 120,
  /** Runs that rows are read from. */
  runs: 5_000,
  sampleRows: 20,
} as const;

const columnName = z.string().min(1).max(trainingLimits.cellCharacters);
const mapping = z.strictObject({ text: columnName, label: columnName, split: columnName.nullish() });
const field = z.string().min(1).max(128);

/** What runs of a pipeline were given and gave. */
const runSource = z.strictObject({
  kind: z.literal("runs"),
  pipelineId: identifier,
  /** Name of the run's input that is the text, and of its output that is the label. */
  input: field,
  output: field,
  most: z.int().min(1).max(trainingSetLimits.runs).default(1_000),
});

export const previewInput = z.strictObject({ source: tableSource, options: tableOptions.default({}) });
export const createInput = z.strictObject({
  name: lineOfText(trainingSetLimits.nameCharacters),
  source: z.union([tableSource, runSource]),
  /** Left out: guessed. Means nothing for runs. */
  mapping: mapping.optional(),
  /** How a table is taken; what is left out is guessed. */
  options: tableOptions.default({}),
});
export type RowSource = z.output<typeof createInput>["source"];
export const listInput = pageInput;
export const byIdInput = z.strictObject({ id: identifier });
export const cleanInput = z.strictObject({ id: identifier, cleaning: z.enum(cleanings) });
export const runFieldsInput = z.strictObject({ pipelineId: identifier });

export interface TrainingSetPreview {
  readonly taken: TakenPreview;
  readonly columns: readonly string[];
  readonly rowCount: number;
  /** First rows, long cells cut. */
  readonly sample: readonly (readonly string[])[];
  readonly mapping: ColumnMapping;
}

export interface TrainingSetItem {
  readonly id: string;
  readonly name: string;
  readonly rowCount: number;
  readonly labelCount: number;
  readonly createdAt: Date;
  readonly errors: number;
  readonly warnings: number;
}

export interface TrainingSetView extends TrainingSetItem {
  readonly contentHash: string;
  readonly labels: readonly { readonly label: string; readonly train: number; readonly test: number }[];
  readonly findings: readonly Finding[];
  readonly leftOut: readonly LeftOut[];
  readonly sample: readonly {
    readonly text: string;
    readonly label: string;
    readonly split?: "train" | "test" | undefined;
  }[];
}
