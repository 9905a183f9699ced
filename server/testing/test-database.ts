import { createHash } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { cp, mkdir, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { createSocketAddress } from "@/scripts/lib/socket-address.mjs";
import { startEmbeddedDatabase } from "@/server/platform/db/embedded/embedded-database";
import { readMigrations } from "@/server/platform/db/migrate";
import { type Database, openDatabase } from "@/server/platform/db/open-database";
import { localStorage, useFileStorage } from "@/server/platform/object-store/file-storage";

const root = path.resolve(import.meta.dirname, "../..");
const migrations = path.join(root, "prisma", "migrations");

const startOn = async (folder: string): Promise<Database> => {
  const socket = await createSocketAddress();
  const embedded = await startEmbeddedDatabase({
    folder,
    socket,
    onBroken: (error) => {
      throw error;
    },
  });
  const database = await openDatabase({ kind: "embedded", socket }, migrations);
  return {
    ...database,
    close: async () => {
      await database.close();
      await embedded.close();
    },
  };
};

/** A migrated, empty database folder to copy from: making one takes seconds, copying it a fraction of one. */
const templateFolder = async (): Promise<string> => {
  const hash = createHash("sha256").update(
    await readFile(path.join(root, "node_modules/@electric-sql/pglite/package.json")),
  );
  for (const { name, checksum } of await readMigrations(migrations)) hash.update(name).update(checksum);
  const parent = path.join(root, ".build", "test-database");
  const place = path.join(parent, hash.digest("hex").slice(0, 16));
  if (existsSync(place)) return place;
  await mkdir(parent, { recursive: true });
  // Several test files may make one at the same time; the first to be finished counts.
  const draft = await mkdtemp(path.join(parent, "draft-"));
  const database = await startOn(path.join(draft, "database"));
  await database.close();
  await rename(path.join(draft, "database"), place).catch((error: unknown) => {
    if (!existsSync(place)) throw error;
  });
  await rm(draft, { recursive: true, force: true });
  return place;
};

/** Puts a migrated, empty database into a folder that is not there yet, as one that was closed in order. */
export const copyTestDatabase = async (folder: string): Promise<void> =>
  cp(await templateFolder(), folder, { recursive: true, mode: constants.COPYFILE_FICLONE });

/**
 * A database of its own for one test file: the real thing, in this process, migrated and empty, with a place of its own for files. Close it in `afterAll`.
 *
 *     const database = await openTestDatabase();
 *     afterAll(() => database.close());
 */
export const openTestDatabase = async (): Promise<Database> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-test-"));
  await copyTestDatabase(path.join(folder, "database"));
  const opened = await startOn(path.join(folder, "database"));
  const database = {
    ...opened,
    close: async () => {
      await opened.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  useFileStorage(database, localStorage(path.join(folder, "files")));
  return database;
};
