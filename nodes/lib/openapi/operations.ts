import type { WebMethod } from "@/runtime/capability/web/contract";
import { webMethods } from "@/runtime/capability/web/contract";
import { type Json, type JsonObject, listOf, objectOf, textOf } from "./json-value";
import { openApiLimits } from "./limits";
import { resolve } from "./reference";

/** One operation of a description, for a list to pick from. */
export interface Operation {
  /** `GET /pets/{id}`: unique within the description. */
  readonly key: string;
  readonly method: WebMethod;
  readonly path: string;
  readonly name: string;
  readonly summary: string;
  readonly tags: readonly string[];
  readonly isDeprecated: boolean;
  /** The path's own settings, for what they give to each of its operations. */
  readonly item: JsonObject;
  readonly source: JsonObject;
}

export interface Operations {
  readonly operations: readonly Operation[];
  /** How many more there are than are taken. */
  readonly left: number;
  /** Paths and methods that cannot be called: they lie outside the file, or have a method that steps do not know. */
  readonly unknown: readonly string[];
}

const known = new Map(webMethods.map((method) => [method.toLowerCase(), method]));
const unknownMethods: ReadonlySet<string> = new Set(["options", "trace", "query"]);

/** All that a description lets one call, in its order. */
export const operationsOf = (root: JsonObject): Operations => {
  const operations: Operation[] = [];
  const unknown: string[] = [];
  let left = 0;
  for (const [path, given] of Object.entries(objectOf(root.paths) ?? {})) {
    if (path.startsWith("x-")) continue;
    const item = resolve(root, given);
    if (!item.ok) {
      unknown.push(path);
      continue;
    }
    for (const [word, source] of Object.entries(item.value)) {
      const method = known.get(word);
      const operation = objectOf(source);
      if (unknownMethods.has(word)) unknown.push(`${word.toUpperCase()} ${path}`);
      if (method === undefined || operation === null) continue;
      if (operations.length >= openApiLimits.operations) left += 1;
      else operations.push(operationOf(method, path, item.value, operation));
    }
  }
  return { operations, left, unknown };
};

const operationOf = (method: WebMethod, path: string, item: JsonObject, source: JsonObject): Operation => ({
  key: `${method} ${path}`,
  method,
  path,
  name: toolName(textOf(source.operationId) || `${method.toLowerCase()}_${path}`),
  summary: line(source.summary) || line(source.description) || line(item.summary),
  tags: listOf(source.tags).map(textOf).filter(Boolean).slice(0, 10),
  isDeprecated: source.deprecated === true,
  item,
  source,
});

const line = (text: Json): string =>
  textOf(text)
    .trim()
    .split(/[\r\n]/)[0]
    ?.slice(0, 200) ?? "";

/** What every protocol takes as the name of a tool. */
const toolName = (text: string): string =>
  text
    .replaceAll(/[^A-Za-z0-9_-]+/g, "_")
    .replaceAll(/^_+|(?<!_)_+$/g, "")
    .slice(0, 64) || "call";
