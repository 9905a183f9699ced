import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { refusalOf } from "./decide-task";
import { inboxLimits, reserveInput } from "./inbox.types";
import { obstacleOf } from "./may-answer";
import { readerOf } from "./reader-of";
import { askedOf, findTask } from "./task-row";

/**
 * Keeps an open task from others while somebody who may answer looks at it, at most until it is due, or gives it back. An owner takes over what another has
 * open. Says whether it is theirs.
 */
export const reserveTask = viewerProcedure
  .input(reserveInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, reserve } }) => {
    const row = await findTask(database, workspaceId, id);
    if (row === null) throw notFound("task");
    const { prisma } = database;
    const reviewer = await readerOf(database, member);
    const mine = reviewer.id;
    if (!reserve) {
      await prisma.inboxTask.updateMany({
        where: { id, workspaceId, reservedBy: mine },
        data: { reservedBy: null, reservedUntil: null },
      });
      return { id, isReserved: false };
    }
    const now = new Date();
    const obstacle = obstacleOf(askedOf(row), reviewer, now);
    if (obstacle === "closed" || obstacle === "late" || obstacle === "reserved") return { id, isReserved: false };
    if (obstacle !== null) throw refusalOf({ reason: obstacle, state: row.state });
    const until = Math.min(now.getTime() + inboxLimits.reservedMs, row.dueAt.getTime());
    const { count } = await prisma.inboxTask.updateMany({
      // Of two in the same moment the first has it, as it was read.
      where: { id, workspaceId, state: "open", version: row.version, reservedBy: row.reservedBy },
      data: { reservedBy: mine, reservedUntil: new Date(until) },
    });
    return { id, isReserved: count > 0 };
  });
