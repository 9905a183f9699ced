import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { programs } from "@/scripts/lib/bundle.mjs";

/** Ticks of the process accounting in a second; the same on every Linux that Node runs on. */
const ticksPerSecond = 100;

export type ProcessName = "interface" | "published" | "database" | "bare";

/** Of a process's command line, what tells it from the others of the app. */
const namesOf: Readonly<Record<string, ProcessName>> = {
  "serve.mjs": "interface",
  [path.basename(programs.front.file)]: "published",
  [path.basename(programs.database.file)]: "database",
  "bare-server": "bare",
};

/** Ids of a process and of those that it started, by what they are. */
export const processesOf = (parent: number): ReadonlyMap<ProcessName, number> => {
  const found = new Map<ProcessName, number>();
  const lines = execFileSync("ps", ["-A", "-o", "pid=,ppid=,args="], { encoding: "utf8" }).split("\n");
  for (const line of lines) {
    const [, id, of, words = ""] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    if (Number(of) !== parent && Number(id) !== parent) continue;
    for (const [part, name] of Object.entries(namesOf)) if (words.includes(part)) found.set(name, Number(id));
  }
  return found;
};

/** Microseconds of CPU that a process has used so far, its kernel's among them; of Linux, where else nothing is known. */
export const cpuMicroseconds = (id: number): number => {
  try {
    const fields = readFileSync(`/proc/${id}/stat`, "utf8")
      .replace(/^.*\) /s, "")
      .split(" ");
    return ((Number(fields[11]) + Number(fields[12])) * 1e6) / ticksPerSecond;
  } catch {
    return Number.NaN;
  }
};
