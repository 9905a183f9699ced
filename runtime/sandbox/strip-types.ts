import { transform } from "sucrase";
import { fail, ok, type Result } from "@/runtime/graph/result";

/** The code as a function of `inputs`, on the same lines: what stands before it is on its first line. */
export const wrapped = (code: string): string => `(async function (inputs) { "use strict"; ${code}\n})`;

/** TypeScript -> JavaScript, every statement on its own line as before. What is wrong with it otherwise, and where. */
export const stripTypes = (
  code: string,
): Result<string, { readonly message: string; readonly line: number | null }> => {
  try {
    const { code: plain } = transform(wrapped(code), {
      transforms: ["typescript"],
      disableESTransforms: true,
      keepUnusedImports: true,
    });
    return ok(plain);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const line = (error as { loc?: { line?: number } } | null)?.loc?.line ?? null;
    return fail({
      message: message
        .replace(/^Error transforming[^:]{0,200}:\s{0,5}/, "")
        .replace(/(?<=\S)\s{0,5}\(\d{1,7}:\d{1,7}\)$/, ""),
      line,
    });
  }
};
