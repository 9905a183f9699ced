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
  const children = Map.groupBy(parents(), ([, parent]) => parent);
  const found = [root];
  for (const id of found) for (const [child] of children.get(id) ?? []) found.push(child);
  return found;
};

/**
 * Proportional set size of a process and all below it in bytes: what they hold in memory, pages that several share counted once, by shares. Linux only.
 */
export const treeMemory = (root: number): number =>
  processTree(root).reduce((sum, id) => {
    const said = readOrNull(`/proc/${id}/smaps_rollup`);
    return sum + Number(/^Pss:\s+(\d+) kB/m.exec(said ?? "")?.[1] ?? 0) * 1024;
  }, 0);
