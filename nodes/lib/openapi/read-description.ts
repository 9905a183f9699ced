import { fail, ok, type Result } from "@/runtime/graph/result";
import { type Json, type JsonObject, objectOf, textOf } from "./json-value";
import { openApiLimits } from "./limits";

/** Why a file is no description that operations can be taken of. The interface has words for each. */
export type DescriptionProblem =
  | { readonly code: "empty" | "too-large" | "too-deep" | "not-openapi" | "swagger" | "no-operations" }
  | { readonly code: "unreadable"; readonly detail: string }
  | { readonly code: "version"; readonly version: string };

/**
 * Reads OpenAPI 3.0, 3.1 and 3.2 out of JSON or YAML. Nothing is fetched: what lies in other files stays outside. Anchors of YAML that repeat each other without
 * end are refused by what they come to. `parseYaml` throws where the text is none; it repeats what anchors repeat without writing it out.
 */
export const readDescription = async (
  text: string,
  parseYaml: (text: string) => Promise<unknown>,
): Promise<Result<JsonObject, DescriptionProblem>> => {
  const trimmed = text.replace(/^\uFEFF/, "");
  if (trimmed.trim() === "") return fail({ code: "empty" });
  if (trimmed.length > openApiLimits.characters) return fail({ code: "too-large" });
  const parsed = await parse(trimmed, parseYaml);
  if (!parsed.ok) return parsed;
  const size = measure(parsed.value);
  if (size !== null) return fail({ code: size });
  const document = objectOf(parsed.value);
  if (document === null) return fail({ code: "not-openapi" });
  if (document.swagger !== undefined) return fail({ code: "swagger" });
  const version = textOf(document.openapi);
  if (version === "") return fail({ code: "not-openapi" });
  if (!/^3(?:\.[0-2])?(?:\.|$)/.test(version)) return fail({ code: "version", version: version.slice(0, 20) });
  return objectOf(document.paths) === null ? fail({ code: "no-operations" }) : ok(document);
};

/** For `yaml`: repeats are counted afterwards, by what they come to; merge keys are of YAML 1.1, and many files have them. */
export const yamlOptions = { maxAliasCount: -1, merge: true, logLevel: "error" } as const;

const parse = async (
  text: string,
  parseYaml: (text: string) => Promise<unknown>,
): Promise<Result<unknown, DescriptionProblem>> => {
  let problem = "";
  try {
    return ok(JSON.parse(text));
  } catch (error) {
    problem = String((error as Error).message);
  }
  if (/^\s*[{[]/.test(text) && !/[\n\r]/.test(text.trim())) return fail({ code: "unreadable", detail: problem });
  try {
    return ok(await parseYaml(text));
  } catch (error) {
    return fail({ code: "unreadable", detail: String((error as Error).message).slice(0, 300) });
  }
};

/** What is too much about a value; null where nothing is. What holds itself is too deep. */
const measure = (root: unknown): "too-large" | "too-deep" | null => {
  let left: number = openApiLimits.values;
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: root, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value, depth } = next;
    if (typeof value !== "object" || value === null) continue;
    if (depth > openApiLimits.depth) return "too-deep";
    const parts: readonly Json[] = Object.values(value);
    left -= parts.length;
    if (left < 0) return "too-large";
    for (const part of parts) open.push({ value: part, depth: depth + 1 });
  }
  return null;
};
