import { readdir, stat } from "node:fs/promises";
import path from "node:path";

const megabyte = 1024 * 1024;
/** Megabytes of pages that the database keeps in its own memory, which never shrinks again. */
const least = 32;
const most = 128;

/** Bytes of the tables and indexes in a database's folder; 0 where there are none yet. */
const bytesOf = async (folder: string): Promise<number> => {
  const entries = await readdir(path.join(folder, "base"), { recursive: true, withFileTypes: true }).catch(() => []);
  const sizes = await Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map((entry) =>
        stat(path.join(entry.parentPath, entry.name)).then(
          ({ size }) => size,
          () => 0,
        ),
      ),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
};

/**
 * How much the database keeps of its pages: as much as it holds, between 32 and 128 MB. A small one gains nothing from more, and what it once touched is
 * taken from models on the same machine until it ends.
 * @returns the value of PostgreSQL's shared_buffers
 */
export const sharedBuffersFor = async (folder: string): Promise<string> => {
  const held = Math.ceil((await bytesOf(folder)) / megabyte);
  return `${Math.min(most, Math.max(least, held))}MB`;
};
