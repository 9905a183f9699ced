import { readdirSync, statSync } from "node:fs";
import path from "node:path";
import { downloadsFolder, fetchLock } from "./cache.mjs";
import { downloadSize } from "./ensure-models.mjs";

/** @import { ModelEntry } from "../../model-server/manifest/manifest.mjs" */

/** Who fetches touches its lock more often than that. */
const SILENT_MS = 30_000;

/**
 * How far the fetching of a model is, whichever process does it; undefined where nobody does.
 * @param {string} root @param {ModelEntry} entry @param {number} [now] milliseconds since 1970
 * @returns {{ bytesDone: number, bytesTotal: number } | undefined}
 */
export function fetchProgress(root, entry, now = Date.now()) {
  try {
    if (now - statSync(fetchLock(root, entry)).mtimeMs > SILENT_MS) return undefined;
  } catch {
    return undefined;
  }
  const bytesTotal = downloadSize(root, entry);
  return { bytesDone: Math.min(bytesTotal, bytesIn(downloadsFolder(root, entry))), bytesTotal };
}

/** @param {string} folder */
function bytesIn(folder) {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((found) => found.isFile())
      .reduce((sum, { parentPath, name }) => sum + sizeOf(path.join(parentPath, name)), 0);
  } catch {
    return 0;
  }
}

/** Files are renamed and removed while they are counted. @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}
