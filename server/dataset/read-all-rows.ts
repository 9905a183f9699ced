import type { Dataset } from "@/generated/prisma/client";
import type { DatasetColumn, DatasetRow } from "@/runtime/eval/contract/dataset-row";
import type { Database } from "@/server/db";
import { ApplicationError } from "@/server/guard/application-error";
import { findDataset } from "./find-dataset";
import { columnsOf, rowOf } from "./row-of";

export interface WholeDataset {
  readonly dataset: Dataset;
  readonly columns: readonly DatasetColumn[];
  /** In order. */
  readonly rows: readonly DatasetRow[];
}

/** Times that reading begins anew where somebody changed the dataset meanwhile. */
const attempts = 5;

/** A dataset and all of its rows, as they were at one moment. */
export const readAllRows = async (
  database: Database,
  workspaceId: string,
  datasetId: string,
): Promise<WholeDataset> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const dataset = await findDataset(database, workspaceId, datasetId);
    // One statement sees one moment; a dataset that has the same revision before and after had it at that moment.
    const rows = await database.prisma.datasetRow.findMany({
      where: { datasetId, workspaceId },
      orderBy: [{ position: "asc" }, { id: "asc" }],
    });
    const after = await findDataset(database, workspaceId, datasetId);
    if (after.revision === dataset.revision) return { dataset, columns: columnsOf(dataset), rows: rows.map(rowOf) };
  }
  throw new ApplicationError("CONFLICT", "The dataset is being changed all the time.", {
    reason: "stale-revision",
    hint: "Wait until the change is over, then try again.",
  });
};
