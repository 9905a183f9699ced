import type { Database } from "@/server/platform/db/database";
import { withFileLock } from "./file-lock";
import { fileFields } from "./file-row";
import { deleteUnused } from "./store-file";

/** Removes a file, and its bytes where no other file of the workspace has the same. Says whether there was one. */
export const removeFile = async (database: Database, workspaceId: string, fileId: string): Promise<boolean> => {
  const row = await database.prisma.storedFile.findFirst({ where: { id: fileId, workspaceId }, select: fileFields });
  if (row === null) return false;
  return withFileLock(database, workspaceId, async () => {
    const { count } = await database.prisma.storedFile.deleteMany({ where: { id: fileId, workspaceId } });
    await deleteUnused(database, row);
    return count > 0;
  });
};
