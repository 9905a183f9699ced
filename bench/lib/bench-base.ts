import { ensureIndexes } from "@/server/domain/knowledge/index/vector-index";
import { type ChunkRow, writeChunks } from "@/server/domain/knowledge/index/write-chunks";
import type { IndexInUse } from "@/server/domain/knowledge/search/index-in-use";
import type { Database } from "@/server/platform/db/database";

/** A knowledge base with one document, written by the functions that the app writes with. */
export const createBase = async ({ prisma }: Database, id: string): Promise<void> => {
  await prisma.workspace.upsert({ where: { id: "bench" }, create: { id: "bench", name: "Bench" }, update: {} });
  await prisma.knowledgeBase.create({ data: { id, workspaceId: "bench", name: id } });
  await prisma.knowledgeDocument.create({
    data: {
      id,
      workspaceId: "bench",
      knowledgeBaseId: id,
      name: id,
      mediaType: "text/plain",
      contentHash: id,
      size: 1,
    },
  });
};

export const fillBase = (database: Database, id: string, rows: readonly ChunkRow[]): Promise<void> =>
  writeChunks(database, { workspaceId: "bench", knowledgeBaseId: id, documentId: id, generation: 0 }, rows);

const openBase = async ({ prisma }: Database, id: string): Promise<IndexInUse> => {
  const { chunkCount, wordCount } = await prisma.knowledgeBase.findUniqueOrThrow({ where: { id } });
  return { knowledgeBaseId: id, generation: 0, chunkCount, wordCount: Number(wordCount) };
};

export const indexBase = async (database: Database, id: string, dimensions: number): Promise<IndexInUse> => {
  await ensureIndexes(database, { knowledgeBaseId: id, generation: 0 }, dimensions);
  return openBase(database, id);
};
