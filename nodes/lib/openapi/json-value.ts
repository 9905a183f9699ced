/** A value of a description, of which nothing is known yet. */
export type Json = unknown;
export type JsonObject = Readonly<Record<string, Json>>;

export const objectOf = (value: Json): JsonObject | null =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonObject) : null;
export const listOf = (value: Json): readonly Json[] => (Array.isArray(value) ? value : []);
/** A number is taken for its digits: `openapi: 3.1` of YAML is one. */
export const textOf = (value: Json): string =>
  typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
/** A field of its own, and no one that every object has. */
export const fieldOf = (value: Json, name: string): Json => {
  const object = objectOf(value);
  return object !== null && Object.hasOwn(object, name) ? object[name] : undefined;
};
