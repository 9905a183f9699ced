import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import path from "node:path";
import { StartFailure } from "./start-failure.mjs";

const MB = 1_000_000;

/** @param {string} folder may not exist yet */
const nearest = (folder) => {
  let at = folder;
  while (!existsSync(at)) at = path.dirname(at);
  return at;
};

/** Refuses to begin what would fill the disk. @param {string} folder @param {number} megabytes needed @param {string} purpose */
export async function checkDiskSpace(folder, megabytes, purpose) {
  const { bavail, bsize } = await statfs(nearest(folder));
  const free = (bavail * bsize) / MB;
  if (free < megabytes) {
    throw new StartFailure(
      `There is not enough room on the disk that holds ${folder}: ${purpose} needs ${megabytes} MB, ${Math.floor(free)} MB are free.\nFree some space and start again; what was done is kept.`,
    );
  }
}
