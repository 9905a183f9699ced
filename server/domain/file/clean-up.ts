import { readdir, rm, stat } from "node:fs/promises";
import path from "node:path";
import type { Database } from "@/server/platform/db/database";
import { fileStorageOf } from "@/server/platform/object-store/file-storage";
import { withFileLock } from "./file-lock";
import { removeFile } from "./remove-file";
import { deleteUnused } from "./store-file";

const hour = 3_600_000;
/** An upload that has not ended after so long never will; bytes without a row may be on their way for as long. */
const abandonedMs = 2 * hour;

/** Removes files whose time is over, uploads that broke off, and bytes that a crash left without a row. */
export const cleanUpFiles = async (database: Database, now: number = Date.now()): Promise<void> => {
  const { store, incoming } = fileStorageOf(database);
  const expired = await database.prisma.storedFile.findMany({
    where: { expiresAt: { lt: new Date(now) } },
    select: { id: true, workspaceId: true },
  });
  for (const { id, workspaceId } of expired) await removeFile(database, workspaceId, id);
  for (const name of await readdir(incoming).catch(() => [])) {
    const place = path.join(incoming, name);
    const found = await stat(place).catch(() => null);
    if (found !== null && now - found.mtimeMs > abandonedMs) await rm(place, { force: true });
  }
  for await (const { key, modifiedAt } of store.list("")) {
    if (now - modifiedAt.getTime() < abandonedMs) continue;
    const [workspaceId, , sha256] = key.split("/");
    if (workspaceId === undefined || sha256 === undefined) continue;
    await withFileLock(database, workspaceId, () => deleteUnused(database, { workspaceId, sha256 }));
  }
};

/** Cleans up now and every few hours. */
export const keepFilesClean = (database: Database): (() => void) => {
  const clean = () => {
    cleanUpFiles(database).catch((error) => console.error("old files could not be removed:", error));
  };
  clean();
  const timer = setInterval(clean, 6 * hour);
  timer.unref();
  return () => clearInterval(timer);
};
