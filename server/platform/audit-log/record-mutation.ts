import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { recordAudit } from "./record-audit";
import { frequentMutations, unrecordedMutations } from "./unrecorded";

interface Mutation {
  readonly member: Member;
  /** As the API names it: `dataset.updateRow`. */
  readonly path: string;
  readonly input: unknown;
  readonly output: unknown;
}

/** How long a stretch of changes is that one entry stands for. */
const stretchMs = 10 * 60_000;
const mostStretches = 5_000;
const longestText = 120;
const mostFields = 20;

/** When the stretch began, by who, what and on what. */
const stretches = new WeakMap<object, Map<string, number>>();

const begins = (database: object, name: string, now: number): boolean => {
  let begun = stretches.get(database);
  if (begun === undefined) {
    begun = new Map();
    stretches.set(database, begun);
  }
  if (now - (begun.get(name) ?? 0) < stretchMs) return false;
  if (begun.size >= mostStretches) begun.clear();
  begun.set(name, now);
  return true;
};

const kebab = (words: string): string => words.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? Object.entries(value) : [];

const isId = ([name, value]: [string, unknown]): boolean =>
  /^id$|Id$/.test(name) && typeof value === "string" && /^[\w-]{1,64}$/.test(value);

/**
 * Writes down a change that does not do so itself: what was acted on, by the ids of the call and the answer, and the names of the fields that were sent.
 * What stands in the fields is not written down: it may be a document, personal data or a secret.
 */
export const recordMutation = async (
  database: Database,
  { member, path, input, output }: Mutation,
  now: number = Date.now(),
): Promise<void> => {
  if (Object.hasOwn(unrecordedMutations, path)) return;
  const [subjectName = "app", verb = path] = path.split(".");
  const sent = entriesOf(input);
  const ids = sent.filter(isId);
  const made = entriesOf(output).filter(isId);
  const [, id] = ids.find(([name]) => name === "id") ?? made.find(([name]) => name === "id") ?? ids[0] ?? made[0] ?? [];
  const action = `${kebab(subjectName)}.${kebab(verb)}` as const;
  const subject = `${kebab(subjectName)}:${typeof id === "string" ? id : member.workspaceId}` as const;
  if (frequentMutations.includes(path) && !begins(database.prisma, `${member.userId} ${action} ${subject}`, now))
    return;
  const others = Object.fromEntries([...made, ...ids].filter(([, value]) => value !== id)) as Record<string, string>;
  const fields = sent
    .filter((entry) => !isId(entry) && entry[1] !== undefined)
    .slice(0, mostFields)
    .map(([name]) => name.slice(0, longestText));
  await recordAudit(database, {
    member,
    action,
    subject,
    data: { ...others, ...(fields.length > 0 && { fields: fields.join(", ") }) },
  });
};
