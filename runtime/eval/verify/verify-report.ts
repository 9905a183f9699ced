import { doReport } from "../report/report-task";
import { type Difference, differencesOf } from "./differences";
import { readVerifiable } from "./read-file";
import { digested, digestsOf, type VerifiableReport } from "./verifiable";

export interface Verification {
  readonly ok: boolean;
  /** What is wrong with the file, each with its place. */
  readonly problems: readonly string[];
  /** Numbers of the report that were worked out again. */
  readonly numbers: number;
  readonly experiment: string;
}

const shown = (value: unknown): string =>
  value === undefined ? "nothing" : (JSON.stringify(value) ?? "").slice(0, 120);

const numbersIn = (value: unknown): number => {
  let count = 0;
  const open: unknown[] = [value];
  for (let next = open.pop(); open.length > 0 || next !== undefined; next = open.pop()) {
    if (typeof next === "number") count += 1;
    else if (typeof next === "object" && next !== null) for (const each of Object.values(next)) open.push(each);
  }
  return count;
};

/** Parts that are not what their digests say. */
const changedParts = ({ task, digests }: VerifiableReport): string[] => {
  const made = digestsOf(task);
  return [...new Set([...Object.keys(made), ...Object.keys(digests)])].flatMap((name) => {
    const [own, said] = [made[name], digests[name]];
    if (typeof own === "string" || typeof said === "string" || own === undefined || said === undefined)
      return own === said ? [] : [`task.${name} was changed after the export.`];
    const places = Array.from({ length: Math.max(own.length, said.length) }, (_, place) => place);
    return places.flatMap((place) =>
      own[place] === said[place]
        ? []
        : [
            `task.${name}[${place * digested}] to [${(place + 1) * digested - 1}]: something was changed after the export.`,
          ],
    );
  });
};

/**
 * Works out every number of an exported report again, from its cells alone, and says where the file says something else (beyond 1e-9), or was changed after it
 * was exported. Needs neither the app nor its database.
 */
export const verifyReport = (text: string): Verification => {
  const read = readVerifiable(text);
  if (!read.ok) return { ok: false, problems: read.problems, numbers: 0, experiment: "" };
  const { task, report, experiment } = read.value;
  const changed = changedParts(read.value);
  const { answers: _, ...says } = report as VerifiableReport["report"];
  // What JSON leaves out is left out here too.
  const made: unknown = JSON.parse(JSON.stringify(doReport(task)));
  const differences = differencesOf(says, made, "report").map(
    ({ where, says: said, found }: Difference) =>
      `${where}: the file says ${shown(said)}, its cells say ${shown(found)}.`,
  );
  const problems = [...changed, ...differences];
  return { ok: problems.length === 0, problems, numbers: numbersIn(made), experiment };
};
