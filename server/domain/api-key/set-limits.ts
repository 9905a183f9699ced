import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { forgetKey } from "@/server/platform/route/key-cache";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { setLimitsInput } from "./api-key.types";

/** Changes what a key may use, from now on; what it has used of it counts. */
export const setKeyLimits = ownerProcedure.input(setLimitsInput).mutation(async ({ ctx, input: { id, limits } }) => {
  const { member, workspaceId, database } = ctx;
  const [changed] = await database.prisma.apiKey.updateManyAndReturn({
    where: { id, workspaceId },
    data: { limits },
    select: { name: true, keyHash: true, formerKeyHash: true },
  });
  if (changed === undefined) throw notFound("API key");
  await forgetKey(changed.keyHash);
  if (changed.formerKeyHash !== null) await forgetKey(changed.formerKeyHash);
  const data = { name: changed.name, ...limits };
  await recordAudit(database, { member, action: "apiKey.limit", subject: `apiKey:${id}`, data });
  return { id };
});
