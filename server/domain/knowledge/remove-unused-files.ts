import { removeFile } from "@/server/domain/file/remove-file";
import type { Database } from "@/server/platform/db/database";

/** Removes files that came with documents, unless a document of another base still has them. */
export const removeUnusedFiles = async (
  database: Database,
  workspaceId: string,
  fileIds: readonly string[],
): Promise<void> => {
  const kept = await database.prisma.knowledgeDocument.findMany({
    where: { workspaceId, fileId: { in: [...fileIds] } },
    select: { fileId: true },
  });
  const used = new Set(kept.map(({ fileId }) => fileId));
  for (const fileId of new Set(fileIds)) if (!used.has(fileId)) await removeFile(database, workspaceId, fileId);
};
