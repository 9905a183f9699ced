import { viewerProcedure } from "@/server/platform/trpc/procedures";

/** More than anybody has; the least recently used are left out. */
const mostSessions = 100;

/** Where one is signed in, the session that asks first, then by last use. */
export const listSessions = viewerProcedure.query(async ({ ctx }) => {
  const { userId, sessionId } = ctx.member;
  const rows = await ctx.database.prisma.session.findMany({
    where: { userId, expiresAt: { gt: new Date() } },
    orderBy: [{ lastSeenAt: { sort: "desc", nulls: "last" } }, { createdAt: "desc" }],
    take: mostSessions,
    select: { id: true, ipAddress: true, userAgent: true, createdAt: true, lastSeenAt: true },
  });
  const sessions = rows.map(({ ipAddress, userAgent, lastSeenAt, ...row }) => ({
    ...row,
    address: ipAddress || null,
    userAgent: userAgent?.slice(0, 300) || null,
    lastSeenAt: lastSeenAt ?? row.createdAt,
    current: row.id === sessionId,
  }));
  return sessions.sort((a, b) => Number(b.current) - Number(a.current));
});
