import { literalPattern } from "@/server/platform/db/like-pattern";
import { pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { baseViews } from "./base-view";
import { type KnowledgeBaseItem, listInput } from "./knowledge.types";

/** Latest change first. */
export const listBases = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const after = readCursor(input.cursor);
  const rows = await database.prisma.knowledgeBase.findMany({
    where: {
      workspaceId,
      ...(input.query ? { name: { contains: literalPattern(input.query), mode: "insensitive" } } : {}),
      ...(after ? { OR: [{ updatedAt: { lt: after.at } }, { updatedAt: after.at, id: { lt: after.id } }] } : {}),
    },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  const items: readonly KnowledgeBaseItem[] = await baseViews(database, workspaceId, rows);
  return pageOf(items, input.limit, ({ updatedAt, id }) => ({ at: updatedAt, id }));
});
