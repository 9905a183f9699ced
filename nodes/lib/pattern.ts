import { fail, ok, type Result } from "@/runtime/graph/result";

export const patternLength = 500;

/**
 * Regular expressions run on RE2, whose time grows with the length of the text only, so that neither a pattern nor a text can
 * hang a run. The price is no lookaround and no backreference. Loaded on first use: the browser never needs it.
 */
export const compilePattern = async (
  pattern: string,
  options: { readonly ignoreCase?: boolean } = {},
): Promise<Result<(text: string) => boolean, string>> => {
  if (pattern.length > patternLength) return fail(`The pattern is longer than ${patternLength} characters.`);
  const { RE2JS } = await import("re2js");
  try {
    const compiled = RE2JS.compile(pattern, options.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
    return ok((text) => compiled.test(text));
  } catch (error) {
    return fail(error instanceof Error ? error.message : String(error));
  }
};

/** A quick look while the author types; `compilePattern` has the last word. Null where nothing is wrong. */
export const patternProblem = (pattern: string): string | null => {
  if (pattern.length > patternLength) return `The pattern is longer than ${patternLength} characters.`;
  if (/\(\?<?[=!]/.test(pattern)) return "The pattern looks ahead or behind, which is not supported.";
  if (/\\[1-9]|\\k</.test(pattern)) return "The pattern refers back to a group, which is not supported.";
  try {
    new RegExp(pattern.replace(/^\(\?[ims]+\)/, ""), "u");
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};
