import { literalPattern } from "@/server/platform/db/like-pattern";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./dataset.types";
import { datasetItem } from "./dataset-item";

/** Latest change first. */
export const listDatasets = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.dataset.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(input.query ? { name: { contains: literalPattern(input.query), mode: "insensitive" } } : {}),
      ...(after ? { OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }] } : {}),
    },
    include: { _count: { select: { versions: true } } },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  const items = rows.map((row) => datasetItem(row, row._count.versions));
  return pageOf(items, input.limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
});
