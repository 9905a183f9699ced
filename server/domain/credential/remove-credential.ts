import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./credential.types";

/** Steps that name it fail from now on, and say so. */
export const removeCredential = ownerProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const known = await database.prisma.credential.findFirst({
    where: { id: input.id, workspaceId },
    select: { id: true, name: true },
  });
  if (known === null) throw notFound("credential");
  const { id, name } = known;
  await database.prisma.credential.delete({ where: { id } });
  await recordAudit(database, { member, action: "credential.remove", subject: `credential:${id}`, data: { name } });
  return { id };
});
