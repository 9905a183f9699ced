import { fail, ok, type Result } from "@/runtime/graph/result";

export const jsonLimits = { length: 1_000_000, depth: 100 } as const;

const depthExceeded = (value: unknown, depth: number): boolean => {
  if (typeof value !== "object" || value === null) return false;
  return depth <= 0 || Object.values(value).some((child) => depthExceeded(child, depth - 1));
};

/** Strict JSON within the limits. The error is an English sentence that says where it breaks. */
export const parseJson = (text: string): Result<unknown, string> => {
  if (text.length > jsonLimits.length) return fail(`The text is longer than ${jsonLimits.length} characters.`);
  if (text.trim() === "") return fail("The text is empty.");
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return fail(`The text is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return depthExceeded(value, jsonLimits.depth)
    ? fail(`The JSON is nested deeper than ${jsonLimits.depth} levels.`)
    : ok(value);
};

/** The balanced object or list that begins at `from`; null where it does not close. */
const balanced = (text: string, from: number): string | null => {
  let depth = 0;
  let quoted = false;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at];
    if (quoted) {
      if (character === "\\") at += 1;
      else if (character === '"') quoted = false;
    } else if (character === '"') quoted = true;
    else if (character === "{" || character === "[") depth += 1;
    else if (character === "}" || character === "]") {
      depth -= 1;
      if (depth === 0) return text.slice(from, at + 1);
    }
  }
  return null;
};

/** Places in a reply where JSON may begin; more are not tried. */
const candidates = 20;

export interface ExtractedJson {
  readonly value: unknown;
  /** What stood around the JSON and was left out; null where the text was JSON as it came. */
  readonly repair: "code fence" | "surrounding text" | null;
}

/**
 * JSON out of a model's reply. One repair is tried: leaving out a code fence or prose around the JSON. Nothing inside it is
 * changed or made up. The error is that of the reply as it came.
 */
export const extractJson = (reply: string): Result<ExtractedJson, string> => {
  const strict = parseJson(reply);
  if (strict.ok) return ok({ value: strict.value, repair: null });
  if (reply.length > jsonLimits.length) return strict;

  const fence = reply.indexOf("```");
  if (fence >= 0) {
    const open = reply.indexOf("\n", fence);
    const close = open < 0 ? -1 : reply.indexOf("```", open);
    const fenced = parseJson(reply.slice(open + 1, close < 0 ? undefined : close));
    if (open >= 0 && fenced.ok) return ok({ value: fenced.value, repair: "code fence" });
  }
  let from = reply.search(/[{[]/);
  for (let tried = 0; from >= 0 && tried < candidates; tried += 1) {
    const inner = balanced(reply, from);
    const parsed = inner === null ? null : parseJson(inner);
    if (parsed?.ok) return ok({ value: parsed.value, repair: "surrounding text" });
    const next = reply.slice(from + 1).search(/[{[]/);
    from = next < 0 ? -1 : from + 1 + next;
  }
  return strict;
};
