import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { inboxLimits, reserveInput } from "./inbox.types";

/** Keeps an open task from others while somebody looks at it, or gives it back. Says whether it is theirs. */
export const reserveTask = viewerProcedure
  .input(reserveInput)
  .mutation(async ({ ctx: { database, workspaceId, member }, input: { id, reserve } }) => {
    const { prisma } = database;
    const mine = `user:${member.userId}`;
    const now = new Date();
    if ((await prisma.inboxTask.findFirst({ where: { id, workspaceId }, select: { id: true } })) === null)
      throw notFound("task");
    const { count } = await prisma.inboxTask.updateMany({
      where: {
        id,
        workspaceId,
        state: "open",
        OR: [{ reservedBy: null }, { reservedBy: mine }, { reservedUntil: { lte: now } }],
      },
      data: reserve
        ? { reservedBy: mine, reservedUntil: new Date(now.getTime() + inboxLimits.reservedMs) }
        : { reservedBy: null, reservedUntil: null },
    });
    return { id, isReserved: reserve && count > 0 };
  });
