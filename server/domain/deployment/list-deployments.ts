import { literalPattern } from "@/server/platform/db/like-pattern";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./deployment.types";
import { deploymentFields, listItems } from "./deployment-row";

/** Last published first. */
export const listDeployments = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.deployment.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      pipeline: { deletedAt: null },
      ...(input.query && {
        AND: [
          {
            OR: [
              { slug: { contains: literalPattern(input.query), mode: "insensitive" } },
              { pipeline: { name: { contains: literalPattern(input.query), mode: "insensitive" } } },
            ],
          },
        ],
      }),
      ...(after && { OR: [{ publishedAt: { lt: after.at } }, { publishedAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ publishedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: deploymentFields,
  });
  const items = await listItems(ctx.database, rows);
  return pageOf(items, input.limit, ({ publishedAt, id }) => ({ at: publishedAt, id }));
});
