import { notFound } from "@/server/platform/guard/application-error";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { listAuditInput } from "./audit.types";
import { findAudit } from "./find-audit";

/** Who did what, from where and when, latest first. */
export const listAudit = ownerProcedure.input(listAuditInput).query(async ({ ctx, input }) => {
  const { cursor, limit, ...filter } = input;
  const { userId } = filter;
  if (userId !== undefined) {
    const { prisma } = ctx.database;
    const place = { workspaceId: ctx.workspaceId, userId };
    const known =
      (await prisma.membership.findFirst({ where: place })) ?? (await prisma.auditEntry.findFirst({ where: place }));
    if (known === null) throw notFound("person");
  }
  const found = await findAudit(ctx.database, ctx.workspaceId, filter, readCursor(cursor), limit + 1);
  return pageOf(found, limit, (item) => item);
});

/** Who can be asked for: the members. */
export const listAuditPeople = ownerProcedure.query(async ({ ctx }) => {
  const { prisma } = ctx.database;
  const members = await prisma.membership.findMany({
    where: { workspaceId: ctx.workspaceId },
    orderBy: { createdAt: "asc" },
    take: 200,
    select: { user: { select: { id: true, name: true, email: true } } },
  });
  return members.map(({ user }) => user);
});
