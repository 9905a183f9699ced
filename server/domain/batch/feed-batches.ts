import { type QueueRefusal, queueRun } from "@/server/domain/deployment/queue-run";
import { publicAnswer } from "@/server/domain/run/public-answer";
import { foldRun } from "@/server/domain/run/run-record";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { trimEvents } from "@/server/domain/trigger/take-event";
import type { Database } from "@/server/platform/db/database";
import { sourceId } from "@/server/platform/route/source";
import { readUsageLimits } from "@/server/platform/route/usage-limits";
import { batchLimits as limits } from "./batch.types";

const utcNow = "(now() AT TIME ZONE 'utc')";
const claimMs = 60_000;
const tidyMs = 10 * 60_000;
/** Rows looked at in one go. */
const mostAtOnce = 200;

interface Ended {
  readonly batchId: string;
  readonly row: number;
  readonly runId: string;
  readonly status: string;
}

const textOf = (value: string): string => value.replaceAll("\0", "").toWellFormed();

/** Writes down what came of rows whose runs have ended. A row that another process wrote, or that is tried anew meanwhile, stays as it is. Gives how many. */
export const settleRows = async (database: Database): Promise<number> => {
  const ended = await database.query<Ended>(
    `SELECT w."batchId", w."row", w."runId", r."status" FROM "BatchRow" w JOIN "Run" r ON r."id" = w."runId"
     WHERE w."state" = 'queued' AND r."status" NOT IN ('running', 'paused') LIMIT ${mostAtOnce}`,
  );
  for (const { batchId, row, runId, status } of ended) {
    const answer = publicAnswer(foldRun(await readRunLog(database, runId)));
    const error = "error" in answer ? answer.error : null;
    const state = status === "success" || status === "empty" ? status : status === "aborted" ? "cancelled" : "failure";
    await database.query(
      `UPDATE "BatchRow" SET "state" = $4, "outputs" = $5, "errorCode" = $6, "errorMessage" = $7
       WHERE "batchId" = $1 AND "row" = $2 AND "runId" = $3 AND "state" = 'queued'`,
      [
        batchId,
        row,
        runId,
        state,
        textOf(JSON.stringify("outputs" in answer ? answer.outputs : {})),
        error?.code ?? null,
        error === null ? null : textOf(error.message).slice(0, 1_000),
      ],
    );
  }
  return ended.length;
};

/** What a process that was killed had claimed and not queued is open again. */
const reopenLost = (database: Database) =>
  database.query(
    `UPDATE "BatchRow" w SET "state" = 'open' WHERE w."state" = 'queued' AND w."claimedUntil" < ${utcNow}
       AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."id" = w."runId")
       AND NOT EXISTS (SELECT 1 FROM "BackgroundRun" b WHERE b."id" = w."runId")`,
  );

interface Running {
  readonly id: string;
  readonly deploymentId: string;
  readonly apiKeyId: string | null;
  readonly waiting: string | null;
  /** Rows in the queue or under way; one that waits for a person holds no place. */
  readonly busy: number;
}

const findRunning = (database: Database): Promise<readonly Running[]> =>
  database.query<Running>(
    `SELECT b."id", b."deploymentId", b."apiKeyId", b."waiting",
       (SELECT count(*)::int FROM "BatchRow" w LEFT JOIN "Run" r ON r."id" = w."runId"
        WHERE w."batchId" = b."id" AND w."state" = 'queued' AND r."status" IS DISTINCT FROM 'paused') AS "busy"
     FROM "Batch" b WHERE b."state" = 'running' ORDER BY b."createdAt"`,
  );

/** The next rows of a batch, each given to one of all that ask. */
const claimRows = (database: Database, batchId: string, most: number) =>
  database.query<{ row: number; runId: string; inputs: string }>(
    `UPDATE "BatchRow" SET "state" = 'queued', "claimedUntil" = ${utcNow} + ${claimMs} * interval '1 millisecond'
     WHERE "batchId" = $1 AND "row" IN (
       SELECT "row" FROM "BatchRow" WHERE "batchId" = $1 AND "state" = 'open' ORDER BY "row" LIMIT $2
     ) AND "state" = 'open' RETURNING "row", "runId", "inputs"`,
    [batchId, most],
  );

const keyOf = async ({ prisma }: Database, apiKeyId: string, now: Date) => {
  const key = await prisma.apiKey.findUnique({
    where: { id: apiKeyId },
    select: { revokedAt: true, expiresAt: true, limits: true },
  });
  if (key === null || key.revokedAt !== null) return "The API key that started it was revoked.";
  if (key.expiresAt !== null && key.expiresAt <= now) return "The API key that started it has expired.";
  return { id: apiKeyId, limits: readUsageLimits(key.limits) };
};

const setWaiting = async ({ prisma }: Database, running: Running, waiting: string | null): Promise<void> => {
  if (running.waiting !== waiting) await prisma.batch.updateMany({ where: { id: running.id }, data: { waiting } });
};

type Taken = Awaited<ReturnType<typeof queueRun>>;

/** Brings rows of a batch into the queue as places come free. */
const feed = async (database: Database, running: Running): Promise<number> => {
  const { id, deploymentId, apiKeyId, busy } = running;
  const free = limits.atOnce - busy;
  if (free <= 0) return 0;
  const key = apiKeyId === null ? null : await keyOf(database, apiKeyId, new Date());
  if (typeof key === "string") {
    await setWaiting(database, running, key);
    return 0;
  }
  const rows = (await claimRows(database, id, free)).toSorted((one, other) => one.row - other.row);
  let queued = 0;
  let waiting: string | null = null;
  for (const { row, runId, inputs } of rows) {
    const source = key === null ? sourceId("batch", id) : key.id;
    const asked = { deploymentId, source, way: "batch", inputs: JSON.parse(inputs), runId } as const;
    // Behind one that found no room the rest finds none either.
    const taken: Taken | null =
      waiting === null ? await queueRun(database, key === null ? asked : { ...asked, key }) : null;
    if (taken?.ok) {
      queued += 1;
      continue;
    }
    const refused: QueueRefusal | undefined = taken?.error;
    // A deployment that is paused is taken up again; what is wrong with the inputs stays wrong.
    const isFinal = refused?.code === "inputs";
    if (refused !== undefined && !isFinal) waiting = refused.message;
    await database.query(
      `UPDATE "BatchRow" SET "state" = $3, "errorCode" = $4, "errorMessage" = $5 WHERE "batchId" = $1 AND "row" = $2 AND "state" = 'queued'`,
      [id, row, isFinal ? "failure" : "open", isFinal ? "input-invalid" : null, isFinal ? refused?.message : null],
    );
  }
  await setWaiting(database, running, waiting);
  return queued;
};

/** Batches all of whose rows have ended. */
const endDone = (database: Database) =>
  database.query(
    `UPDATE "Batch" b SET "state" = 'ended', "endedAt" = ${utcNow}, "waiting" = NULL WHERE b."state" = 'running'
       AND NOT EXISTS (SELECT 1 FROM "BatchRow" w WHERE w."batchId" = b."id" AND w."state" IN ('open', 'queued'))`,
  );

/** One look at all batches, by any of the processes: what has ended is written down, and what has room begins. */
export const feedBatches = async (database: Database): Promise<void> => {
  while ((await settleRows(database)) === mostAtOnce);
  await reopenLost(database);
  for (const running of await findRunning(database)) await feed(database, running);
  await endDone(database);
};

/** Batches that were being written when their process died hold no rows that anybody asked for. */
export const dropHalfWritten = async ({ prisma }: Database, now: Date): Promise<void> => {
  await prisma.batch.deleteMany({ where: { state: "filling", createdAt: { lt: new Date(now.getTime() - 600_000) } } });
};

/** Looks after batches, and old events of triggers, in the process that the queue belongs to. Gives what stops it. */
export const keepBatches = (database: Database, lookMs: number = limits.lookMs): (() => void) => {
  let looking = false;
  const report = (error: unknown) => console.error("batches could not be looked after, and are tried again:", error);
  const look = async () => {
    if (looking) return;
    looking = true;
    await feedBatches(database).catch(report);
    looking = false;
  };
  const timer = setInterval(() => void look(), lookMs);
  timer.unref();
  void look();
  const tidy = () => {
    dropHalfWritten(database, new Date())
      .then(() => trimEvents(database))
      .catch(report);
  };
  const tidying = setInterval(tidy, tidyMs);
  tidying.unref();
  tidy();
  return () => [timer, tidying].forEach(clearInterval);
};
