import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { readUsageLimits } from "@/server/platform/route/usage-limits";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./api-key.types";

/** Latest first, revoked ones too. */
export const listApiKeys = ownerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.apiKey.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...behind("createdAt", after),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: {
      id: true,
      name: true,
      prefix: true,
      createdAt: true,
      lastUsedAt: true,
      expiresAt: true,
      revokedAt: true,
      mayUnmask: true,
      mayEvaluate: true,
      mayRun: true,
      mayRead: true,
      mayRate: true,
      mayDecide: true,
      mayReadPrompts: true,
      limits: true,
      formerUntil: true,
      allDeployments: true,
      deployments: { select: { deployment: { select: { id: true, slug: true } } }, orderBy: { deploymentId: "asc" } },
    },
  });
  const items = rows.map(({ deployments, allDeployments, limits, ...row }) => ({
    ...row,
    /** null: as much as it will. */
    limits: readUsageLimits(limits),
    /** null: every one of the workspace. */
    deployments: allDeployments ? null : deployments.map(({ deployment }) => deployment),
  }));
  return pageOf(items, input.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
});
