import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { endSessionInput } from "./account.types";

/** Signs out one of one's own sessions; the browser that has it is at the sign-in page with its next request. */
export const endSession = viewerProcedure.input(endSessionInput).mutation(async ({ ctx, input }) => {
  const { member, database } = ctx;
  const { userId } = member;
  await database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.session.deleteMany({ where: { id: input.id, userId } });
    if (count === 0) throw notFound("session");
    await recordAudit({ prisma }, { member, action: "account.end-session", subject: `user:${userId}` });
  });
  return { id: input.id };
});

/** Signs out everywhere else. */
export const endOtherSessions = viewerProcedure.mutation(async ({ ctx }) => {
  const { member, database } = ctx;
  const { userId, sessionId } = member;
  return database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.session.deleteMany({ where: { userId, id: { not: sessionId } } });
    const data = { sessions: count };
    await recordAudit({ prisma }, { member, action: "account.end-other-sessions", subject: `user:${userId}`, data });
    return { ended: count };
  });
});
