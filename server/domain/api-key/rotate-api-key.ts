import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { hashApiKey } from "@/server/platform/route/bearer";
import { forgetKey } from "@/server/platform/route/key-cache";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { rotateInput } from "./api-key.types";
import { newKey } from "./create-api-key";

const hourMs = 3_600_000;

/**
 * Gives a key another secret: rights, deployments, limits, what was used of them and the runs that it started stay. The former secret opens beside it for a while, so that
 * programs can be changed one after the other; of one that is rotated again, the secret before ends at once.
 */
export const rotateApiKey = ownerProcedure.input(rotateInput).mutation(async ({ ctx, input }) => {
  const { member, workspaceId, database } = ctx;
  const known = await database.prisma.apiKey.findFirst({
    where: { id: input.id, workspaceId },
    select: { id: true, name: true, keyHash: true, formerKeyHash: true, revokedAt: true },
  });
  if (known === null) throw notFound("API key");
  if (known.revokedAt !== null)
    throw new ApplicationError("BAD_REQUEST", "A revoked key cannot be renewed. Make a new one.", {
      reason: "input-invalid",
    });
  const { key, prefix } = newKey();
  const former =
    input.overlapHours === 0
      ? { formerKeyHash: null, formerUntil: null }
      : { formerKeyHash: known.keyHash, formerUntil: new Date(Date.now() + input.overlapHours * hourMs) };
  // Told by what was read, so that of two at once one is refused and no secret is lost without a word.
  const { count } = await database.prisma.apiKey.updateMany({
    where: { id: known.id, keyHash: known.keyHash },
    data: { keyHash: hashApiKey(key), prefix, ...former },
  });
  if (count === 0)
    throw new ApplicationError("CONFLICT", "This key was renewed meanwhile.", { reason: "input-invalid" });
  await forgetKey(known.keyHash);
  if (known.formerKeyHash !== null) await forgetKey(known.formerKeyHash);
  await recordAudit(database, {
    member,
    action: "apiKey.rotate",
    subject: `apiKey:${known.id}`,
    data: { name: known.name, prefix, overlapHours: input.overlapHours },
  });
  return { id: known.id, key, prefix };
});
