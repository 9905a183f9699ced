import { cancelWaiting } from "@/server/domain/background-run/cancel-background";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { cancelPaused } from "@/server/domain/run/pause/cancel-paused";
import type { Database } from "@/server/platform/db/database";
import { tellFront } from "@/server/platform/front-link/front-link";

/**
 * Ends a batch: no further row is begun, those in the queue or under way are ended, and the rest is noted as cancelled. What has an answer keeps it. Says whether
 * it was under way.
 */
export const cancelBatch = async (database: Database, workspaceId: string, id: string): Promise<boolean> => {
  const { prisma } = database;
  const { count } = await prisma.batch.updateMany({
    where: { id, workspaceId, state: "running" },
    data: { state: "cancelled", endedAt: new Date(), waiting: null },
  });
  if (count === 0) return false;
  await prisma.batchRow.updateMany({ where: { batchId: id, state: "open" }, data: { state: "cancelled" } });
  const queued = await prisma.batchRow.findMany({ where: { batchId: id, state: "queued" }, select: { runId: true } });
  for (const { runId } of queued) {
    const waiting = await prisma.backgroundRun.findFirst({ where: { id: runId, isBegun: false } });
    if (waiting !== null && (await cancelWaiting(database, waiting))) continue;
    const live = liveRunsOf(database).get(runId);
    if (live === undefined) await tellFront({ type: "cancel-run", runId, workspaceId });
    else live.cancel();
    const run = await prisma.run.findUnique({ where: { id: runId }, select: { status: true } });
    if (run?.status === "paused") await cancelPaused(database, runId);
  }
  return true;
};

/** Opens rows again that have no answer: those that failed, gave no result or were cancelled; each gets a run of its own. Gives how many. */
export const retryBatch = async (database: Database, workspaceId: string, id: string): Promise<number> => {
  const opened = await database.query<{ row: number }>(
    `WITH "own" AS (SELECT "id" FROM "Batch" WHERE "id" = $1 AND "workspaceId" = $2 AND "state" IN ('ended', 'cancelled')),
     "opened" AS (
       UPDATE "BatchRow" w SET "state" = 'open', "runId" = gen_random_uuid()::text, "outputs" = '{}', "errorCode" = NULL, "errorMessage" = NULL
       FROM "own" WHERE w."batchId" = "own"."id" AND w."state" IN ('failure', 'empty', 'cancelled') RETURNING w."row"
     ), "batch" AS (
       UPDATE "Batch" SET "state" = 'running', "endedAt" = NULL WHERE "id" = $1 AND EXISTS (SELECT 1 FROM "opened")
     )
     SELECT "row" FROM "opened"`,
    [id, workspaceId],
  );
  return opened.length;
};
