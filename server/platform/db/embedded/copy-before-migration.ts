import { readdir, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import type { PGlite } from "@electric-sql/pglite";
import { takeSnapshot } from "./snapshot";

/** So many copies are kept; the oldest goes when another is made. */
export const keptCopies = 3;
const prefix = "before-migration-";

/** Migrations that the folder holds and the database has not seen; none where the database is new. */
const pending = async (database: PGlite, migrations: string): Promise<string[]> => {
  const { rows } = await database.query<{ name: string | null }>(
    `SELECT to_regclass('"_prisma_migrations"')::text AS name`,
  );
  if (rows[0]?.name == null) return [];
  const applied = await database.query<{ migration_name: string }>(
    `SELECT "migration_name" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL`,
  );
  const known = new Set(applied.rows.map(({ migration_name: name }) => name));
  const entries = await readdir(migrations, { withFileTypes: true });
  return entries.flatMap((entry) => (entry.isDirectory() && !known.has(entry.name) ? [entry.name] : [])).sort();
};

const sizeOf = async (folder: string): Promise<number> => {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.map((entry) =>
    entry.isFile() ? stat(path.join(entry.parentPath, entry.name)).then(({ size }) => size) : 0,
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
};

/**
 * Keeps the database as it is in `backups/` beside its folder, where this version will change its tables: the version before can go on with the copy. Returns
 * the copy's name, or null where nothing will change.
 */
export const copyBeforeMigration = async (
  database: PGlite,
  folder: string,
  migrations: string,
  now: () => Date = () => new Date(),
): Promise<string | null> => {
  const [first] = await pending(database, migrations);
  if (first === undefined) return null;
  const size = await sizeOf(folder);
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < size * 1.1) {
    const megabytes = Math.ceil((size * 1.1) / 1_000_000);
    throw new Error(
      `There is no room for a copy of the database, which is kept before this version changes its tables: it needs ${megabytes} MB.\nFree some space and start again; nothing was changed.`,
    );
  }
  const name = `${prefix}${now().toISOString().slice(0, 19).replace(/\D/g, "")}`;
  await takeSnapshot(database, folder, name);
  const copies = path.join(path.dirname(folder), "backups");
  const known = (await readdir(copies)).filter((entry) => entry.startsWith(prefix)).sort();
  for (const old of known.slice(0, -keptCopies)) await rm(path.join(copies, old), { recursive: true, force: true });
  return name;
};
