import { pageOf, readCursor } from "@/server/guard/page-of";
import { ownerProcedure } from "@/server/trpc";
import { listInput } from "./api-key.types";

/** Latest first, revoked ones too. */
export const listApiKeys = ownerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.apiKey.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(after && { OR: [{ createdAt: { lt: after.at } }, { createdAt: after.at, id: { lt: after.id } }] }),
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
    },
  });
  return pageOf(rows, input.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
});
