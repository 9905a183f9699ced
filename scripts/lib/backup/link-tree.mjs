import { copyFile, link, lstat, mkdir, opendir } from "node:fs/promises";
import path from "node:path";

/**
 * Gives every file of a folder a second name under another one: no byte is copied, and a file that is deleted meanwhile stays under its second name. Only
 * for files that are never changed once they are there. Where the file system knows no second names, they are copied.
 * @param {string} from may not exist @param {string} to
 * @returns {Promise<number>} files that were not there yet
 */
export async function linkTree(from, to) {
  const entries = await opendir(from).catch((error) => {
    if (error.code === "ENOENT") return null;
    throw error;
  });
  if (entries === null) return 0;
  await mkdir(to, { recursive: true, mode: 0o700 });
  let added = 0;
  for await (const entry of entries) {
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) added += await linkTree(source, target);
    else if (entry.isFile()) {
      try {
        await link(source, target);
        added += 1;
      } catch (error) {
        // There from the first time, or deleted since its folder was read.
        if (error.code === "EEXIST" || error.code === "ENOENT") continue;
        await copyFile(source, target);
        added += 1;
      }
    }
  }
  return added;
}

/**
 * Copies a file or a folder that an app goes on writing to: what is gone before it was its turn is left out, a file that grows is there as far as it was.
 * @param {string} from @param {string} to
 */
export async function copyLiving(from, to) {
  try {
    const found = await lstat(from);
    if (found.isFile()) await copyFile(from, to);
    else if (found.isDirectory()) {
      await mkdir(to, { recursive: true, mode: 0o700 });
      for await (const { name } of await opendir(from)) await copyLiving(path.join(from, name), path.join(to, name));
    }
  } catch (error) {
    if (error.code !== "ENOENT") throw error;
  }
}
