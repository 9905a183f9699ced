import type { DatasetRow as StoredRow } from "@/generated/prisma/client";
import type { DatasetColumn, DatasetRow } from "@/runtime/eval/contract/dataset-row";

type Values = DatasetRow["inputs"];

/** A row of the database as the contract has it. */
export const rowOf = (row: StoredRow): DatasetRow => ({
  id: row.id,
  inputs: row.inputs as Values,
  expected: row.expected as Values,
  tags: row.tags,
  weight: row.weight,
  split: row.split as DatasetRow["split"],
  group: row.group,
  source: row.source as DatasetRow["source"],
});

/** The columns of a dataset or a version, as the database holds them. */
export const columnsOf = (row: { readonly columns: unknown }): DatasetColumn[] => row.columns as DatasetColumn[];
