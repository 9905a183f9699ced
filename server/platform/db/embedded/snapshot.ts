import { constants } from "node:fs";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";

/** Where copies of the database lie: beside its folder. */
const copiesOf = (folder: string): string => path.join(path.dirname(folder), "backups");

/** Says that a copy is whole. */
export const wholeMark = "database.whole";

/**
 * `CHECKPOINT /* snapshot <name> * /`, as scripts/lib/backup asks for a copy: a statement that any PostgreSQL takes. The name that it gives; null for every
 * other message.
 */
export const readSnapshotName = (message: Buffer): string | null => {
  // A simple query: Q, length, text, NUL. Nothing else is this short and begins so.
  if (message.length > 200 || message[0] !== 0x51) return null;
  return (
    /^CHECKPOINT \/\* snapshot ([a-z0-9-]{1,80}) \*\/$/.exec(message.subarray(5, -1).toString("latin1"))?.[1] ?? null
  );
};

/**
 * Copies the database's folder to `backups/<name>/database`, as it is at this moment: the caller sees to it that no statement runs meanwhile. On file systems
 * that share blocks it takes no room until one of the two changes.
 */
export const takeSnapshot = async (database: PGlite, folder: string, name: string): Promise<void> => {
  await database.exec("CHECKPOINT");
  const place = path.join(copiesOf(folder), name);
  await mkdir(place, { recursive: true, mode: 0o700 });
  const draft = path.join(place, "database.draft");
  try {
    await rm(draft, { recursive: true, force: true });
    await cp(folder, draft, {
      recursive: true,
      mode: constants.COPYFILE_FICLONE,
      filter: (source) => path.basename(source) !== "postmaster.pid",
    });
    await rename(draft, path.join(place, "database"));
    await writeFile(path.join(place, wholeMark), "", { mode: 0o600 });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
};
