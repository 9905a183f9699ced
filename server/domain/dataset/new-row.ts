import { z } from "zod";
import { type DatasetColumn, type DatasetRow, datasetRow, rowSources } from "@/runtime/eval/contract/dataset-row";
import { hashJson } from "@/runtime/graph/hash";
import { isStorable, isStorableText } from "@/server/platform/guard/storable";
import { datasetLimits } from "./dataset-limits";

const values = datasetRow.shape.inputs
  .refine(isStorable, "Half a character or a NUL cannot be stored.")
  .refine(
    (each) => Object.values(each).every((value) => JSON.stringify(value).length <= datasetLimits.cellCharacters),
    `A cell holds at most ${datasetLimits.cellCharacters} characters.`,
  );
const text = (most: number) =>
  z.string().max(most).refine(isStorableText, "Half a character or a NUL cannot be stored.");

/** What of a row a person may set. */
export const rowFields = {
  inputs: values,
  expected: values,
  tags: z
    .array(z.string().trim().min(1).max(datasetLimits.tagCharacters).refine(isStorableText))
    .max(datasetLimits.tags)
    .transform((tags) => [...new Set(tags)]),
  weight: z.number().positive().max(datasetLimits.weight),
  split: datasetRow.shape.split.unwrap(),
  group: text(datasetLimits.groupCharacters).nullable(),
};

/** A row on its way in: what is left out has its usual value. */
export const newRow = z.strictObject({
  inputs: rowFields.inputs.default({}),
  expected: rowFields.expected.default({}),
  tags: rowFields.tags.default([]),
  weight: rowFields.weight.default(1),
  split: rowFields.split.default(null),
  group: rowFields.group.default(null),
  source: z.enum(rowSources).default("hand"),
  /** The run it was taken from. */
  runId: z.string().max(64).nullable().default(null),
});
export type NewRow = z.input<typeof newRow>;

/** SHA-256 of the canonical inputs, hex. */
export const inputsHash = (inputs: DatasetRow["inputs"]): string => hashJson(inputs);

/** Only values of columns that there are, under the role that the column has. */
export const withinColumns = (
  columns: readonly DatasetColumn[],
  role: DatasetColumn["role"],
  given: DatasetRow["inputs"],
): DatasetRow["inputs"] =>
  Object.fromEntries(
    columns.flatMap((column) => {
      const value = column.role === role && Object.hasOwn(given, column.name) ? given[column.name] : undefined;
      return value === undefined ? [] : [[column.name, value]];
    }),
  );
