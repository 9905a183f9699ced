import type { Dataset } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";

/** The part of Prisma that works inside a transaction. */
export type Transaction = Parameters<Parameters<Database["prisma"]["$transaction"]>[0]>[0];

/** Longest that one change may take: fifty thousand rows on a slow machine. */
const longestMs = 120_000;

/**
 * Runs a change of a dataset's rows or columns alone: the dataset's revision is raised first, which makes every other change of it wait, and
 * `work` sees the raised one. The row count is put right afterwards.
 */
export const changeDataset = <T>(
  { prisma }: Database,
  workspaceId: string,
  datasetId: string,
  work: (prisma: Transaction, dataset: Dataset) => Promise<T>,
): Promise<T> =>
  prisma.$transaction(
    async (transaction) => {
      const [dataset] = await transaction.dataset.updateManyAndReturn({
        where: { id: datasetId, workspaceId },
        data: { revision: { increment: 1 } },
      });
      if (dataset === undefined) throw notFound("dataset");
      const result = await work(transaction, dataset);
      const rowCount = await transaction.datasetRow.count({ where: { datasetId, workspaceId } });
      await transaction.dataset.updateMany({ where: { id: datasetId, workspaceId }, data: { rowCount } });
      return result;
    },
    { timeout: longestMs, maxWait: longestMs },
  );
