import { pageInput, pageOf, readCursor } from "@/server/guard/page-of";
import { ownerProcedure } from "@/server/trpc";

/** Who did what, latest first. `query` finds an action or a subject. */
export const listAudit = ownerProcedure.input(pageInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const after = readCursor(input.cursor);
  const found = await prisma.auditEntry.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(after && { OR: [{ at: { lt: after.at } }, { at: after.at, id: { lt: after.id } }] }),
      ...(input.query && {
        AND: { OR: [{ action: { contains: input.query } }, { subject: { contains: input.query } }] },
      }),
    },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  const people = await prisma.user.findMany({
    where: { id: { in: found.flatMap(({ userId }) => userId ?? []) } },
    select: { id: true, name: true, email: true },
  });
  const byId = new Map(people.map(({ id, ...person }) => [id, person]));
  const items = found.map(({ id, action, subject, data, at, userId }) => ({
    id,
    action,
    subject,
    data: data as Readonly<Record<string, unknown>>,
    at,
    user: (userId !== null && byId.get(userId)) || null,
  }));
  return pageOf(items, input.limit, (item) => item);
});
