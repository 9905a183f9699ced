import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { forgetKey } from "@/server/platform/route/key-cache";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./api-key.types";

/** From now on the key opens nothing. Revoking it again changes nothing. */
export const revokeApiKey = ownerProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const { prisma } = database;
  const key = await prisma.apiKey.findFirst({
    where: { id: input.id, workspaceId },
    select: { id: true, keyHash: true, formerKeyHash: true, revokedAt: true, name: true, prefix: true },
  });
  if (key === null) throw notFound("API key");
  const { id, name, prefix } = key;
  if (key.revokedAt === null) {
    await prisma.apiKey.update({ where: { id }, data: { revokedAt: new Date() } });
    await recordAudit(database, { member, action: "apiKey.revoke", subject: `apiKey:${id}`, data: { name, prefix } });
  }
  await forgetKey(key.keyHash);
  if (key.formerKeyHash !== null) await forgetKey(key.formerKeyHash);
  return { id };
});
