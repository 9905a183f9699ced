import { readdirSync, readFileSync } from "node:fs";

const read = (file: string): string => {
  try {
    return readFileSync(file, "utf8");
  } catch {
    // It ended meanwhile.
    return "";
  }
};

/** A process with everything it started, itself first. Linux. */
export const processTree = (root: number): number[] => {
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ id: Number(name), parent: Number(/\) \w (\d+)/.exec(read(`/proc/${name}/stat`))?.[1] ?? -1) }));
  const below = (id: number): number[] => [
    id,
    ...parents.filter(({ parent }) => parent === id).flatMap((child) => below(child.id)),
  ];
  return below(root);
};

/** Memory of a process, MB of 2^20 bytes: pages that it shares count in proportion. Linux. */
export const proportionalMb = (id: number): number =>
  Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0) / 1024;

/** Seconds of CPU that a process has taken so far. Linux. */
export const cpuSeconds = (id: number): number => {
  const [, user = "0", system = "0"] = /\) \w (?:\S+ ){10}(\d+) (\d+)/.exec(read(`/proc/${id}/stat`)) ?? [];
  return (Number(user) + Number(system)) / 100;
};

/** What it was started with, shortened. */
export const commandOf = (id: number): string =>
  read(`/proc/${id}/cmdline`)
    .split("\0")
    .filter((word) => /[/.]/.test(word) && !word.startsWith("--") && !word.startsWith("file:"))
    .slice(1)
    .map((word) => word.split("/").slice(-3).join("/"))
    .join(" ")
    .slice(0, 60);
