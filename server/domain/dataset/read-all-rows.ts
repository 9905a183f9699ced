import type { Dataset } from "@/generated/prisma/client";
import type { DatasetColumn, DatasetRow } from "@/runtime/eval/contract/dataset-row";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError } from "@/server/platform/guard/application-error";
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

/** Rows of one statement: all at once would keep the app from answering while they are put together. */
const page = 1_000;

/** A dataset and all of its rows, as they were at one moment. */
export const readAllRows = async (
  database: Database,
  workspaceId: string,
  datasetId: string,
): Promise<WholeDataset> => {
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const dataset = await findDataset(database, workspaceId, datasetId);
    const rows: DatasetRow[] = [];
    for (let last: { readonly id: string } | undefined; ; ) {
      const part = await database.prisma.datasetRow.findMany({
        where: { datasetId, workspaceId },
        orderBy: [{ position: "asc" }, { id: "asc" }],
        take: page,
        ...(last && { cursor: { id: last.id }, skip: 1 }),
      });
      for (const row of part) rows.push(rowOf(row));
      last = part.at(-1);
      if (part.length < page) break;
    }
    // A dataset that has the same revision before and after had it all the time.
    const after = await findDataset(database, workspaceId, datasetId);
    if (after.revision === dataset.revision) return { dataset, columns: columnsOf(dataset), rows };
  }
  throw new ApplicationError("CONFLICT", "The dataset is being changed all the time.", {
    reason: "stale-revision",
    hint: "Wait until the change is over, then try again.",
  });
};
