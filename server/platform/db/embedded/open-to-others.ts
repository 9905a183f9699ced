import { readdir, stat } from "node:fs/promises";
import path from "node:path";

/** For tests: what in a folder, itself included as "", gives a right to anybody but its owner. What goes away meanwhile does not count. */
export const openToOthers = async (folder: string): Promise<string[]> => {
  if (process.platform === "win32") return [];
  const entries = await readdir(folder, { recursive: true });
  const open = ["", ...entries].map(async (entry) => {
    const found = await stat(path.join(folder, entry)).catch(() => null);
    return found !== null && (found.mode & 0o077) !== 0 ? [entry] : [];
  });
  return (await Promise.all(open)).flat();
};
