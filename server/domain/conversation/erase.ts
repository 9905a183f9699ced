import type { Database } from "@/server/platform/db/database";
import { unknownForMs } from "./conversation.types";

/** What was erased. */
export interface Erased {
  readonly conversations: number;
  /** Records of their runs, with all that was said in them. */
  readonly runs: number;
  /** Runs that have not ended, whose conversations stay for now. */
  readonly underWay: readonly string[];
}

/** Which conversations: by what stands in their rows. */
export interface ErasedWhere {
  readonly workspaceId: string;
  readonly id?: string;
  readonly owner?: string;
  readonly endUser?: string;
  readonly name?: string;
}

const batch = 100;

interface Row {
  readonly id: string;
  readonly busyRunId: string | null;
  readonly busySince: Date | null;
  readonly runs: number;
}

/**
 * Erases conversations, and the records of all runs that were of them, also of those that were made from these: what was said stands there, too. One with a run
 * under way, or that waits for a person, stays, and is told. What was taken from the runs into datasets, sheets and files stays where it is.
 */
export const eraseConversations = async (
  database: Database,
  where: ErasedWhere,
  now: Date = new Date(),
): Promise<Erased> => {
  let conversations = 0;
  let runs = 0;
  const underWay: string[] = [];
  for (let after = ""; ; ) {
    const found: readonly Row[] = await database.prisma.conversation.findMany({
      where: { ...where, ...(where.id === undefined && { id: { gt: after } }) },
      select: { id: true, busyRunId: true, busySince: true, runs: true },
      orderBy: { id: "asc" },
      take: batch,
    });
    const open = await stillOpen(database, found, now);
    for (const row of found) {
      const removed = row.busyRunId !== null && open.has(row.busyRunId) ? null : await eraseOne(database, row);
      if (removed === null) underWay.push(row.busyRunId ?? row.id);
      else {
        conversations += 1;
        runs += removed;
      }
    }
    if (found.length < batch || where.id !== undefined) return { conversations, runs, underWay };
    after = found.at(-1)?.id ?? "";
  }
};

/** How many records of runs went with it; null where somebody has begun to speak in it meanwhile: then it stays as it is. */
const eraseOne = async ({ query }: Database, { id, busyRunId, runs }: Row): Promise<number | null> => {
  const [erased] = await query<{ gone: number; runs: number }>(
    `WITH "gone" AS (
       DELETE FROM "Conversation" WHERE "id" = $1 AND "busyRunId" IS NOT DISTINCT FROM $2 AND "runs" = $3 RETURNING "id"
     ), "said" AS (
       SELECT "runId" FROM "ConversationTurn" WHERE "conversationId" IN (SELECT "id" FROM "gone")
     ), "noted" AS (
       INSERT INTO "ErasedRun" ("runId", "at") SELECT "runId", (now() AT TIME ZONE 'utc') FROM "said" ON CONFLICT DO NOTHING
     ), "records" AS (
       DELETE FROM "Run" WHERE "id" IN (SELECT "runId" FROM "said") RETURNING "id"
     ), "answers" AS (
       DELETE FROM "CachedAnswer" WHERE "runId" IN (SELECT "runId" FROM "said")
     )
     SELECT (SELECT count(*) FROM "gone")::int AS "gone", (SELECT count(*) FROM "records")::int AS "runs"`,
    [id, busyRunId, runs],
  );
  return erased === undefined || erased.gone === 0 ? null : erased.runs;
};

/** Those of the runs that have conversations and have not ended. One without a record may be about to get one, for a while. */
const stillOpen = async ({ prisma }: Database, rows: readonly Row[], now: Date): Promise<ReadonlySet<string>> => {
  const held = rows.flatMap(({ busyRunId, busySince }) => (busyRunId === null ? [] : [{ busyRunId, busySince }]));
  if (held.length === 0) return new Set();
  const known = await prisma.run.findMany({
    where: { id: { in: held.map(({ busyRunId }) => busyRunId) } },
    select: { id: true, status: true },
  });
  const statuses = new Map(known.map(({ id, status }) => [id, status]));
  // In the queue they have no record yet, for as long as it takes.
  const queued = await prisma.backgroundRun.findMany({
    where: { id: { in: held.map(({ busyRunId }) => busyRunId) } },
    select: { id: true },
  });
  const waiting = new Set(queued.map(({ id }) => id));
  const open = held.filter(({ busyRunId, busySince }) => {
    const status = statuses.get(busyRunId);
    if (status !== undefined) return status === "running" || status === "paused";
    if (waiting.has(busyRunId)) return true;
    return now.getTime() - (busySince?.getTime() ?? 0) <= unknownForMs;
  });
  return new Set(open.map(({ busyRunId }) => busyRunId));
};
