import { Prisma } from "@/generated/prisma/client";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { updateAccountInput } from "./account.types";

/** One's own name and the e-mail one signs in with. */
export const updateAccount = viewerProcedure.input(updateAccountInput).mutation(async ({ ctx, input }) => {
  const { database, member } = ctx;
  const data = {
    ...(input.name !== undefined && { name: input.name }),
    ...(input.email !== undefined && { email: input.email }),
  };
  try {
    return await database.prisma.$transaction(async (prisma) => {
      const updated = await prisma.user.update({
        where: { id: member.userId },
        data,
        select: { name: true, email: true },
      });
      await recordAudit({ prisma }, { member, action: "account.update", subject: `user:${member.userId}`, data });
      return updated;
    });
  } catch (error) {
    if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === "P2002") {
      const message = "Somebody else signs in with this e-mail.";
      throw new ApplicationError("CONFLICT", message, { reason: "name-taken", fields: { email: message } });
    }
    throw error;
  }
});
