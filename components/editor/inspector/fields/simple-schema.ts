import type { Json } from "./field-props";

export const simpleTypes = ["text", "number", "integer", "yes-no", "choice", "list"] as const;
export type SimpleType = (typeof simpleTypes)[number];

/** One property of a flat JSON Schema object, in the words of somebody who never reads JSON. */
export interface SimpleProperty {
  readonly name: string;
  readonly type: SimpleType;
  readonly description: string;
  readonly required: boolean;
  /** Values of a choice. */
  readonly choices: readonly string[];
}

type Record_ = { readonly [key: string]: Json | undefined };
const isRecord = (value: unknown): value is Record_ =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const only = (value: Record_, ...keys: readonly string[]): boolean =>
  Object.keys(value).every((key) => keys.includes(key));

const jsonTypes = { text: "string", number: "number", integer: "integer", "yes-no": "boolean" } as const;

/** The schema as a list of properties, or null where it says more than a list can show. Nothing is ever lost by showing it. */
export const readSimpleSchema = (schema: unknown): readonly SimpleProperty[] | null => {
  if (!isRecord(schema) || schema.type !== "object" || !isRecord(schema.properties)) return null;
  if (!only(schema, "type", "properties", "required", "additionalProperties")) return null;
  if (schema.additionalProperties !== undefined && schema.additionalProperties !== false) return null;
  const required = Array.isArray(schema.required) ? schema.required : [];
  const properties: SimpleProperty[] = [];
  for (const [name, property] of Object.entries(schema.properties)) {
    const read = readProperty(property);
    if (!read) return null;
    properties.push({ name, required: required.includes(name), ...read });
  }
  return properties;
};

const readProperty = (property: unknown): Omit<SimpleProperty, "name" | "required"> | null => {
  if (!isRecord(property)) return null;
  const description = property.description ?? "";
  if (typeof description !== "string") return null;
  if (property.type === "string" && Array.isArray(property.enum) && only(property, "type", "enum", "description")) {
    const choices = property.enum.filter((choice) => typeof choice === "string");
    return choices.length === property.enum.length ? { type: "choice", description, choices } : null;
  }
  if (property.type === "array" && isRecord(property.items) && only(property, "type", "items", "description"))
    return property.items.type === "string" && only(property.items, "type")
      ? { type: "list", description, choices: [] }
      : null;
  if (!only(property, "type", "description")) return null;
  const type = (Object.keys(jsonTypes) as (keyof typeof jsonTypes)[]).find((key) => jsonTypes[key] === property.type);
  return type ? { type, description, choices: [] } : null;
};

export const writeSimpleSchema = (properties: readonly SimpleProperty[]): Json => ({
  type: "object",
  properties: Object.fromEntries(properties.map((property) => [property.name, writeProperty(property)])),
  required: properties.filter(({ required }) => required).map(({ name }) => name),
  additionalProperties: false,
});

const writeProperty = ({ type, description, choices }: SimpleProperty): Json => {
  const about: Record<string, string> = description === "" ? {} : { description };
  if (type === "choice") return { type: "string", enum: [...choices], ...about };
  if (type === "list") return { type: "array", items: { type: "string" }, ...about };
  return { type: jsonTypes[type], ...about };
};
