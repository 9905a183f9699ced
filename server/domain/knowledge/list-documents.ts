import { literalPattern } from "@/server/platform/db/like-pattern";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { documentItem } from "./document-view";
import { findBase } from "./find-base";
import { documentsInput } from "./knowledge.types";

/** Latest first. */
export const listDocuments = viewerProcedure.input(documentsInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  await findBase(database, workspaceId, input.id);
  const after = readCursor(input.cursor);
  const rows = await database.prisma.knowledgeDocument.findMany({
    where: {
      workspaceId,
      knowledgeBaseId: input.id,
      ...(input.status ? { status: input.status } : {}),
      ...(input.query ? { name: { contains: literalPattern(input.query), mode: "insensitive" } } : {}),
      ...behind("createdAt", after),
    },
    omit: { text: true, tables: true },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  return pageOf(rows.map(documentItem), input.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
});
