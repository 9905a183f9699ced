import { z } from "zod";
import { field } from "@/runtime/node/field";
import type { Localized } from "@/runtime/node/localized";
import * as port from "@/runtime/node/port";
import { variableName } from "./variable-name";

export const valueKinds = ["text", "number", "boolean", "json"] as const;
export type ValueKind = (typeof valueKinds)[number];

const kindNames: Readonly<Record<ValueKind, Localized>> = {
  text: { en: "Text", zh: "文本" },
  number: { en: "Number", zh: "数字" },
  boolean: { en: "Yes or no", zh: "是或否" },
  json: { en: "JSON", zh: "JSON" },
};

/** One value with a name and a type, as a row of a form. */
export const typedValue = z.object({
  name: variableName.meta(field({ title: { en: "Name", zh: "名称" } })),
  kind: z
    .enum(valueKinds)
    .default("text")
    .meta(field({ title: { en: "Type", zh: "类型" }, control: "select", options: kindNames })),
});
export type TypedValue = z.output<typeof typedValue>;

/** For `superRefine`: refuses two values of one name. */
export const refuseTwice = (values: readonly TypedValue[], at: string, context: z.RefinementCtx): void => {
  const seen = new Set<string>();
  for (const [index, { name }] of values.entries()) {
    if (seen.has(name)) {
      const message = `Two values are called "${name}".`;
      context.addIssue({ code: "custom", message, path: [at, index, "name"] });
    }
    seen.add(name);
  }
};

const portOf: Readonly<Record<ValueKind, () => port.Port<unknown, false>>> = {
  text: port.text,
  number: port.number,
  boolean: port.boolean,
  json: port.any,
};

/** One port a value. */
export const typedPorts = (values: readonly TypedValue[]): port.Ports =>
  Object.fromEntries(values.map(({ name, kind }) => [name, portOf[kind]()]));

/** What a value of this type is called in TypeScript. */
export const typeName: Readonly<Record<ValueKind, string>> = {
  text: "string",
  number: "number",
  boolean: "boolean",
  json: "any",
};

/** What is wrong with a value, as the end of an English sentence; null where it is of the type. */
export const typeProblem = (value: unknown, kind: ValueKind): string | null => {
  if (value === undefined) return "is missing";
  switch (kind) {
    case "json":
      return null;
    case "text":
      return typeof value === "string" ? null : `is ${nameOf(value)}, not a text`;
    case "number":
      return typeof value === "number" ? null : `is ${nameOf(value)}, not a number`;
    case "boolean":
      return typeof value === "boolean" ? null : `is ${nameOf(value)}, not true or false`;
    default:
      return kind satisfies never;
  }
};

const nameOf = (value: unknown): string => {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "an object";
  return typeof value === "string" ? "a text" : `a ${typeof value}`;
};
