import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { Tally, Task } from "./tally";

const nameOf = ({ world, from, to, seed, power, sparse = false }: Task) =>
  JSON.stringify([world, from, to, seed, power, sparse]);

export interface Kept {
  /** What was counted of these experiments by an earlier start. */
  readonly find: (task: Task) => Tally | undefined;
  readonly keep: (task: Task, tally: Tally) => void;
}

/** Counts of earlier starts in a file of one JSON object a line. What was counted under other rules, and a last line that was cut off, does not count. */
export const openKept = (file: string, rules: string): Kept => {
  const known = new Map<string, Tally>();
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  // A start that was ended while it wrote leaves half a line.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  for (const line of whole.split("\n").filter((each) => each.endsWith("}"))) {
    const each = JSON.parse(line) as { rules: string; task: string; tally: Tally };
    if (each.rules === rules) known.set(each.task, each.tally);
  }
  if (whole.length < text.length) appendFileSync(file, "\n");
  return {
    find: (task) => known.get(nameOf(task)),
    keep: (task, tally) => appendFileSync(file, `${JSON.stringify({ rules, task: nameOf(task), tally })}\n`),
  };
};
