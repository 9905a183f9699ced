import { viewerProcedure } from "@/server/platform/trpc/procedures";
import type { FileUsage } from "./file.types";
import { workspaceQuota } from "./file-limits";

/** How much of its room for files the workspace has taken. */
export const fileUsage = viewerProcedure.query(async ({ ctx }): Promise<FileUsage> => {
  const { _sum, _count } = await ctx.database.prisma.storedFile.aggregate({
    where: { workspaceId: ctx.workspaceId },
    _sum: { size: true },
    _count: true,
  });
  return { count: _count, size: _sum.size ?? 0, quota: workspaceQuota() };
});
