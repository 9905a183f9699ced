import type { Batch } from "@/generated/prisma/client";
import type { Database } from "@/server/platform/db/database";
import { type BatchView, batchStates, batchLimits as limits, rowStates } from "./batch.types";

export const viewBatch = async (database: Database, batch: Batch): Promise<BatchView> => {
  const { prisma } = database;
  const [counted, failed, spent] = await Promise.all([
    prisma.batchRow.groupBy({ by: ["state"], where: { batchId: batch.id }, _count: { _all: true } }),
    prisma.batchRow.findMany({
      where: { batchId: batch.id, state: "failure" },
      orderBy: { row: "asc" },
      take: limits.told,
      select: { row: true, customId: true, errorMessage: true },
    }),
    database.query<{ cost: string | null }>(
      `SELECT sum(r."costMicroUsd")::text AS "cost" FROM "BatchRow" w JOIN "Run" r ON r."id" = w."runId" WHERE w."batchId" = $1`,
      [batch.id],
    ),
  ]);
  const counts = new Map(counted.map(({ state, _count }) => [state, _count._all]));
  const { id, name, state, waiting, rowsTotal, createdAt, endedAt } = batch;
  return {
    id,
    name,
    state: batchStates.find((each) => each === state) ?? "running",
    waiting,
    rows: rowsTotal,
    counts: Object.fromEntries(rowStates.map((each) => [each, counts.get(each) ?? 0])) as BatchView["counts"],
    spentMicroUsd: Number(spent[0]?.cost ?? 0),
    createdAt,
    endedAt,
    failed: failed.map(({ row, customId, errorMessage }) => ({ row, customId, message: errorMessage ?? "" })),
  };
};

export const findBatch = ({ prisma }: Database, where: { readonly id: string; readonly workspaceId: string }) =>
  prisma.batch.findFirst({ where: { ...where, state: { not: "filling" } } });
