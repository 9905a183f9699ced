import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { chunksInput, type KnowledgeChunkItem } from "./knowledge.types";

/** The passages of a document in the order of its text; the cursor is a position. */
export const listChunks = viewerProcedure.input(chunksInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const document = await findDocument(database, workspaceId, input.id);
  const { generation } = await database.prisma.knowledgeBase.findUniqueOrThrow({
    where: { id: document.knowledgeBaseId },
    select: { generation: true },
  });
  const items: KnowledgeChunkItem[] = await database.prisma.knowledgeChunk.findMany({
    where: { documentId: document.id, generation, position: { gte: input.cursor ?? 0 } },
    select: { id: true, position: true, text: true, start: true, end: true, page: true, heading: true },
    orderBy: { position: "asc" },
    take: input.limit + 1,
  });
  return { items: items.slice(0, input.limit), nextCursor: items[input.limit]?.position ?? null };
});
