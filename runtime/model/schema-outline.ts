import type { JsonSchema } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";

const mostDepth = 8;
const mostCharacters = 2_000;
const mostValues = 64;

type Json = Readonly<Record<string, unknown>>;
const names: Readonly<Record<string, string>> = {
  string: "string",
  number: "number",
  integer: "integer",
  boolean: "boolean",
  null: "null",
};

/** What a part of a schema says besides its form, as a comment. */
const remark = (schema: Json): string => {
  const said = [schema.description, schema.format].filter((each) => typeof each === "string" && each.trim() !== "");
  return said.length === 0 ? "" : ` /* ${said.join(", ").replaceAll("*/", "* /").replace(/\s+/g, " ").trim()} */`;
};

class Unreadable extends Error {}

const union = (parts: readonly string[]): string => [...new Set(parts)].join(" | ");

const objectOf = (schema: Json, depth: number): string => {
  const properties = isRecord(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  const fields = Object.entries(properties).map(([name, property]) => {
    if (!isRecord(property)) throw new Unreadable();
    return `${JSON.stringify(name)}${required.includes(name) ? "" : "?"}: ${typeOf(property, depth + 1)}${remark(property)}`;
  });
  if (fields.length === 0 || isRecord(schema.additionalProperties)) throw new Unreadable();
  return `{${fields.join(", ")}}`;
};

const typeOf = (schema: Json, depth: number): string => {
  if (depth > mostDepth) throw new Unreadable();
  if ("const" in schema) return JSON.stringify(schema.const);
  if (Array.isArray(schema.enum)) {
    if (schema.enum.length === 0 || schema.enum.length > mostValues) throw new Unreadable();
    return union(schema.enum.map((value) => JSON.stringify(value)));
  }
  for (const choice of [schema.anyOf, schema.oneOf]) {
    if (!Array.isArray(choice) || choice.length === 0) continue;
    return union(
      choice.map((option) => {
        if (!isRecord(option)) throw new Unreadable();
        return typeOf(option, depth + 1) + remark(option);
      }),
    );
  }
  if (Array.isArray(schema.type)) return union(schema.type.map((type) => typeOf({ ...schema, type }, depth + 1)));
  if (schema.type === "object") return objectOf(schema, depth);
  if (schema.type === "array") {
    if (!isRecord(schema.items)) throw new Unreadable();
    return `Array<${typeOf(schema.items, depth + 1)}${remark(schema.items)}>`;
  }
  const name = names[String(schema.type)];
  if (name === undefined) throw new Unreadable();
  return name;
};

/**
 * A JSON schema of an object as a type, on one line: `{"name": string, "phone": string | null, "day"?: string /* YYYY-MM-DD *\/}`. A small model reads it
 * where it passes over a schema, in a third of the tokens. null where it would leave out what the schema says (references, free fields, great depth), or be long.
 */
export const schemaOutline = (schema: JsonSchema): string | null => {
  try {
    const outline = objectOf(schema, 0);
    return outline.length > mostCharacters ? null : outline;
  } catch (error) {
    if (error instanceof Unreadable) return null;
    throw error;
  }
};

/** Whether a value may be null anywhere in an outline. */
export const mayBeNull = (outline: string): boolean => /(?:: |\| |<)null\b/.test(outline);
