import { fail, ok, type Result } from "@/runtime/graph/result";
import type { InputField } from "@/runtime/node/define-node";
import { getOwn, isRecord } from "@/runtime/node/record";

/** What stands at a path; undefined where nothing does. Own members alone, so that `constructor` is none. */
const at = (value: unknown, path: string): unknown => {
  if (path === "") return value;
  let current = value;
  for (const name of path.split(".")) {
    if (Array.isArray(current)) current = /^\d{1,6}$/.test(name) ? current[Number(name)] : undefined;
    else current = isRecord(current) ? getOwn(current, name) : undefined;
    if (current === undefined) return undefined;
  }
  return current;
};

/** A text input takes what is no text as JSON; a number or choice takes it as it is, and the check of inputs says what is wrong. */
const asKind = (kind: InputField["kind"], value: unknown): unknown => {
  if (kind === "text" && typeof value !== "string")
    return typeof value === "object" ? JSON.stringify(value, null, 2) : String(value);
  return value;
};

/**
 * The inputs that an event gives by a mapping of paths. Without a mapping the members of what was sent feed the inputs of their names; where none is called so and there is one
 * text input, it gets all of it.
 */
export const mapEvent = (
  fields: readonly InputField[],
  mapping: Readonly<Record<string, string>>,
  event: unknown,
): Result<Readonly<Record<string, unknown>>, string> => {
  const isMapped = Object.keys(mapping).length > 0;
  const entries = fields.flatMap((field): [string, unknown][] => {
    const path = isMapped ? getOwn(mapping, field.name) : field.name;
    const value = typeof path === "string" ? at(event, path) : undefined;
    return value === undefined || value === null ? [] : [[field.name, asKind(field.kind, value)]];
  });
  if (entries.length > 0) return ok(Object.fromEntries(entries));
  const [only, ...more] = fields.filter(({ kind }) => kind === "text" || kind === "json");
  if (!isMapped && only !== undefined && more.length === 0) return ok({ [only.name]: asKind(only.kind, event) });
  return fail("Nothing of what was sent feeds an input. Give the paths to what feeds them.");
};
