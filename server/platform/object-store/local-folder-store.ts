import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { copyFile, mkdir, open, opendir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type ByteRange, checkKey, type ObjectStore, type StoredObject } from "./object-store";

const isCode = (error: unknown, ...codes: string[]): boolean =>
  error instanceof Error && codes.includes((error as NodeJS.ErrnoException).code ?? "");

const absentAsNull = (error: unknown): null => {
  if (isCode(error, "ENOENT", "ENOTDIR")) return null;
  throw error;
};

/** Makes what was written to a file or a folder outlive a power cut. */
const sync = async (place: string): Promise<void> => {
  const handle = await open(place, "r");
  try {
    await handle.sync();
  } catch (error) {
    // Windows cannot sync a folder; there a rename is durable by itself.
    if (!isCode(error, "EPERM", "EISDIR", "EINVAL", "EBADF")) throw error;
  } finally {
    await handle.close();
  }
};

/** Objects as files of one folder, each under its key. A draft is written beside them and renamed, so that a reader sees all of it or nothing. */
export class LocalFolderStore implements ObjectStore {
  readonly #objects: string;
  readonly #drafts: string;

  constructor(folder: string) {
    this.#objects = path.join(folder, "objects");
    this.#drafts = path.join(folder, "drafts");
  }

  async put(key: string, content: Parameters<ObjectStore["put"]>[1]): Promise<void> {
    const place = this.#place(key);
    await Promise.all([this.#drafts, path.dirname(place)].map((folder) => mkdir(folder, { recursive: true })));
    const draft = path.join(this.#drafts, randomUUID());
    try {
      if (content instanceof Uint8Array) await writeFile(draft, content);
      // On the same disk this moves the file; on another it has to be copied.
      else await rename(content.path, draft).catch(() => copyFile(content.path, draft));
      await sync(draft);
      await rename(draft, place);
      await sync(path.dirname(place));
    } finally {
      await rm(draft, { force: true });
    }
  }

  async get(key: string, range?: ByteRange) {
    const place = this.#place(key);
    if ((await this.stat(key)) === null) return null;
    return createReadStream(place, range ?? {});
  }

  async stat(key: string) {
    const found = await stat(this.#place(key)).catch(absentAsNull);
    return found?.isFile() ? { size: found.size } : null;
  }

  async delete(key: string): Promise<void> {
    await rm(this.#place(key), { force: true });
  }

  async *list(prefix: string): AsyncGenerator<StoredObject> {
    const folder = await opendir(this.#objects, { recursive: true }).catch(absentAsNull);
    if (folder === null) return;
    for await (const entry of folder) {
      if (!entry.isFile()) continue;
      const place = path.join(entry.parentPath, entry.name);
      const key = path.relative(this.#objects, place).split(path.sep).join("/");
      // It may have been deleted since its folder was read.
      const found = key.startsWith(prefix) ? await stat(place).catch(absentAsNull) : null;
      if (found !== null) yield { key, size: found.size, modifiedAt: found.mtime };
    }
  }

  #place(key: string): string {
    return path.join(this.#objects, ...checkKey(key).split("/"));
  }
}
