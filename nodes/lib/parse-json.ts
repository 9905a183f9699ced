import { fail, ok, type Result } from "@/runtime/graph/result";
import { parseExactJson } from "@/runtime/node/exact-json";

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
    value = parseExactJson(text);
  } catch (error) {
    return fail(`The text is not JSON: ${error instanceof Error ? error.message : String(error)}.`);
  }
  return depthExceeded(value, jsonLimits.depth)
    ? fail(`The JSON is nested deeper than ${jsonLimits.depth} levels.`)
    : ok(value);
};
