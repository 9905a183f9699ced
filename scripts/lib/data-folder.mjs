import { chmod, lstat, mkdir, opendir, stat } from "node:fs/promises";
import path from "node:path";

/** What others may do, in a mode. */
const OTHERS = 0o077;
/** A folder that everybody may write to and nobody may close, such as /tmp. */
const STICKY = 0o1000;

/**
 * What lies in the data folder and is ours. Somebody may have named a folder that holds more than that; the rest is left as it is.
 */
const own = /^(database|files|backups|before-restore|encryption\.secret|run-log|journal)/;

/**
 * @typedef {object} Closed
 * @property {number} mended files and folders that others could get at and now cannot
 * @property {string[]} open those that could not be closed, the first ten
 */

/**
 * Makes the data folder readable by its owner alone: folders 0700, files 0600, also those of earlier versions and of the embedded database.
 * Only takes rights away, never follows a link below the first level, and does nothing on Windows, where a user's folders are closed by themselves.
 * @param {string} folder made where it is not there yet
 * @returns {Promise<Closed>}
 */
export async function closeDataFolder(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  /** @type {Closed} */
  const closed = { mended: 0, open: [] };
  if (process.platform === "win32") return closed;

  /** @param {string} place @param {number} mode */
  const close = async (place, mode) => {
    if ((mode & OTHERS) === 0) return;
    try {
      await chmod(place, mode & 0o700);
      // Some file systems answer yes and change nothing.
      if (((await stat(place)).mode & OTHERS) !== 0) throw new Error("the mode stayed as it was");
      closed.mended += 1;
    } catch (error) {
      if (error.code !== "ENOENT" && closed.open.length < 10) closed.open.push(place);
    }
  };

  const top = await stat(folder);
  if ((top.mode & STICKY) !== 0) closed.open.push(folder);
  else await close(folder, top.mode);

  /** @param {string} place */
  const walk = async (place) => {
    const entries = await opendir(place).catch(() => null);
    if (entries === null) return;
    for await (const entry of entries) {
      const at = path.join(place, entry.name);
      if (entry.isSymbolicLink()) continue;
      const found = await lstat(at).catch(() => null);
      if (found === null || !(found.isFile() || found.isDirectory())) continue;
      await close(at, found.mode);
      if (found.isDirectory()) await walk(at);
    }
  };

  for await (const { name } of await opendir(folder)) {
    if (!own.test(name)) continue;
    const at = path.join(folder, name);
    // On the first level a link is followed: the files may have been moved to a larger disk.
    const found = await stat(at).catch(() => null);
    if (found === null || !(found.isFile() || found.isDirectory())) continue;
    await close(at, found.mode);
    if (found.isDirectory()) await walk(at);
  }
  return closed;
}

/** What is told about it, in one plain line. @param {string} folder @param {Closed} closed */
export function dataFolderLine(folder, { mended, open }) {
  if (open.length > 0) {
    const others = open[0] === folder ? "" : ` (${open[0]})`;
    return `Warning: other users of this machine can read the data in ${folder}${others}; its access rights could not be changed. Set PIPEWRIGHT_DATA to a folder of your own.`;
  }
  const before = mended === 0 ? "" : `; closed to others just now: ${mended} files and folders`;
  return `Data                 ${folder}   (for this user alone${before})`;
}
