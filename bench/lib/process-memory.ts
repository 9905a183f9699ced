import { readdirSync, readFileSync } from "node:fs";

/** What is in a file of /proc; null where the process has ended, or the system has no such file. */
const readOrNull = (file: string): string | null => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
};

/** Parents by process id. The name in /proc/PID/stat may hold spaces and brackets; the parent is the second field behind it. */
const parents = (): ReadonlyMap<number, number> =>
  new Map(
    readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap((name): [number, number][] => {
        const said = readOrNull(`/proc/${name}/stat`);
        return said === null ? [] : [[Number(name), Number(said.slice(said.lastIndexOf(")") + 2).split(" ")[1])]];
      }),
  );

/** A process and all that it started, and what these started. */
export const processTree = (root: number): readonly number[] => {
  const known = [...parents()];
  const found = [root];
  // Grows while it is read: what a process started comes behind it.
  for (const id of found) found.push(...known.filter(([, parent]) => parent === id).map(([child]) => child));
  return found;
};

export interface ProcessMemory {
  /** The program and its first file: "node model-server/main.ts". */
  readonly what: string;
  readonly bytes: number;
}

/**
 * Proportional set size of a process and of each below it in bytes: what they hold in memory, pages that several share counted by shares. Linux only; a
 * process that is just ending is left out.
 */
export const treeMemory = (root: number): readonly ProcessMemory[] =>
  processTree(root).flatMap((id) => {
    const kilobytes = /^Pss:\s+(\d+) kB/m.exec(readOrNull(`/proc/${id}/smaps_rollup`) ?? "")?.[1];
    if (kilobytes === undefined) return [];
    const words = (readOrNull(`/proc/${id}/cmdline`) ?? "").split("\0");
    const file = words.slice(1).find((word) => /\.m?[jt]s$/.test(word) && !word.startsWith("file:"));
    const what = [words[0]?.split("/").at(-1), file?.replace(`${process.cwd()}/`, "")].filter(Boolean).join(" ");
    return [{ what, bytes: Number(kilobytes) * 1024 }];
  });

export const totalBytes = (processes: readonly ProcessMemory[]): number =>
  processes.reduce((sum, { bytes }) => sum + bytes, 0);
