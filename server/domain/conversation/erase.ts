import type { Database } from "@/server/platform/db/database";

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

/**
 * Erases conversations, and the records of all runs that were of them: what was said stands there, too. One with a run under way, or that waits for a person, stays,
 * and is told. What was taken from the runs into datasets, sheets and files stays where it is.
 */
export const eraseConversations = async ({ prisma }: Database, where: ErasedWhere): Promise<Erased> => {
  let conversations = 0;
  let runs = 0;
  const underWay: string[] = [];
  for (let after = ""; ; ) {
    const found = await prisma.conversation.findMany({
      where: { ...where, ...(where.id === undefined && { id: { gt: after } }) },
      select: { id: true, busyRunId: true, turns: { select: { runId: true } } },
      orderBy: { id: "asc" },
      take: batch,
    });
    const held = found.flatMap(({ busyRunId }) => (busyRunId === null ? [] : [busyRunId]));
    const open = await stillOpen(prisma, held);
    for (const { id, busyRunId, turns } of found) {
      if (busyRunId !== null && open.has(busyRunId)) {
        underWay.push(busyRunId);
        continue;
      }
      const runIds = turns.map(({ runId }) => runId);
      // Only where nobody has begun to speak in it meanwhile.
      const { count } = await prisma.conversation.deleteMany({ where: { id, busyRunId } });
      if (count === 0) {
        underWay.push(busyRunId ?? id);
        continue;
      }
      conversations += 1;
      runs += (await prisma.run.deleteMany({ where: { id: { in: runIds }, workspaceId: where.workspaceId } })).count;
    }
    if (found.length < batch || where.id !== undefined) return { conversations, runs, underWay };
    after = found.at(-1)?.id ?? "";
  }
};

/** Those of the runs that have not ended. One without a record may be about to get one. */
const stillOpen = async (prisma: Database["prisma"], ids: readonly string[]): Promise<ReadonlySet<string>> => {
  if (ids.length === 0) return new Set();
  const ended = await prisma.run.findMany({
    where: { id: { in: [...ids] }, status: { notIn: ["running", "paused"] } },
    select: { id: true },
  });
  const over = new Set(ended.map(({ id }) => id));
  return new Set(ids.filter((id) => !over.has(id)));
};

/** Conversations in which nobody has spoken for so many days. The records of their runs are kept as long as runs are. */
export const forgetConversations = async (
  database: Database,
  workspaceId: string,
  days: number,
  now: Date,
): Promise<number> => {
  const { count } = await database.prisma.conversation.deleteMany({
    where: { workspaceId, lastTurnAt: { lt: new Date(now.getTime() - days * 86_400_000) }, busyRunId: null },
  });
  return count;
};
