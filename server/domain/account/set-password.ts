import { randomBytes } from "node:crypto";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { getAuth } from "@/server/platform/auth/get-auth";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { attemptCounter } from "@/server/platform/guard/attempt-counter";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { setPasswordInput } from "./account.types";

/** Whoever holds somebody's session must not be able to try out passwords with it. */
const attempts = attemptCounter();
const attemptLimits = { most: 10, windowMs: 15 * 60_000 };

const wrong = (message: string): ApplicationError =>
  new ApplicationError("BAD_REQUEST", message, { reason: "password-wrong", fields: { currentPassword: message } });

/** Sets the first password, or changes it for somebody who knows the present one. All other sessions end. */
export const setPassword = viewerProcedure.input(setPasswordInput).mutation(async ({ ctx, input }) => {
  const { member, database } = ctx;
  const { userId, sessionId } = member;
  if (attempts.take(userId, attemptLimits) > 0) {
    throw new ApplicationError("TOO_MANY_REQUESTS", "Too many attempts.", {
      reason: "too-many-requests",
      hint: "Wait a quarter of an hour.",
    });
  }
  const { password } = await getAuth(database).$context;
  const known = await database.prisma.account.findFirst({ where: { userId, providerId: "credential" } });
  if (known?.password) {
    if (input.currentPassword === undefined) throw wrong("Enter the present password.");
    if (!(await password.verify({ hash: known.password, password: input.currentPassword }))) {
      throw wrong("This is not the present password.");
    }
  }
  const hash = await password.hash(input.newPassword);
  await database.prisma.$transaction(async (prisma) => {
    if (known) await prisma.account.update({ where: { id: known.id }, data: { password: hash } });
    else {
      const id = randomBytes(16).toString("hex");
      await prisma.account.create({
        data: { id, userId, accountId: userId, providerId: "credential", password: hash },
      });
    }
    await prisma.session.deleteMany({ where: { userId, id: { not: sessionId } } });
    await recordAudit({ prisma }, { member, action: "account.set-password", subject: `user:${userId}` });
  });
  return { hasPassword: true };
});
