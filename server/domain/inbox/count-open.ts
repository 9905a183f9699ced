import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { askedWhere } from "./asked-where";
import { readerOf } from "./reader-of";

const mostCounted = 100;

/** How many open tasks the reader is asked, up to a hundred: the badge of the inbox. */
export const countOpen = viewerProcedure.query(async ({ ctx: { database, workspaceId, member } }) => {
  const reader = await readerOf(database, member);
  const found = await database.prisma.inboxTask.findMany({
    where: { AND: [{ workspaceId, state: "open", dueAt: { gt: new Date() } }, askedWhere(reader)] },
    take: mostCounted,
    select: { round: true, decisions: { where: { reviewer: reader.id, isApproval: true }, select: { round: true } } },
  });
  // What they have approved waits for others.
  const waiting = found.filter(({ round, decisions }) => decisions.every((said) => said.round !== round));
  return { open: waiting.length };
});
