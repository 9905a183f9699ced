import type { JsonSchema } from "@/runtime/node/context";
import { typeNames } from "../json-schema-check";
import { patternProblem } from "../pattern";
import { type Json, type JsonObject, listOf, objectOf } from "./json-value";
import { resolve } from "./reference";

/** The schemas of one operation, as JSON Schema that a model and a check take. */
export interface PlainSchema {
  readonly schema: JsonSchema;
  /** Something of it was left out, so that it takes more than the service does. */
  readonly isShortened: boolean;
}

/** Levels that are tried, from all that a schema may have to its outline. The last two leave what is said of the fields out. */
const attempts = [
  { depth: 12, told: true },
  { depth: 6, told: true },
  { depth: 4, told: true },
  { depth: 4, told: false },
  { depth: 2, told: false },
] as const;
const mostSchemas = 1_500;

/**
 * A schema of OpenAPI 3.0 or 3.1 as plain JSON Schema without references. What holds itself is cut where it begins again; what comes to more than `most`
 * characters is cut level by level. Fields that a service only gives (`readOnly`) are left out of what it is sent.
 */
export const plainSchema = (
  root: JsonObject,
  given: Json,
  { most, sent }: { readonly most: number; readonly sent: boolean },
): PlainSchema => {
  for (const { depth, told } of attempts) {
    const walk = new Walk(root, depth, told, sent);
    const schema = walk.of(given, 0, []);
    if (walk.left >= 0 && JSON.stringify(schema).length <= most)
      return { schema, isShortened: walk.isCut || depth < attempts[0].depth };
  }
  return { schema: {}, isShortened: true };
};

const counts = ["minProperties", "maxProperties", "minItems", "maxItems", "minLength", "maxLength"] as const;
const numbers = ["minimum", "maximum"] as const;
const lists = ["allOf", "anyOf", "oneOf"] as const;
const longestText = 500;
const mostChoices = 300;

class Walk {
  left = mostSchemas;
  isCut = false;

  constructor(
    private readonly root: JsonObject,
    private readonly depth: number,
    private readonly told: boolean,
    private readonly sent: boolean,
  ) {}

  of(given: Json, depth: number, above: readonly string[]): JsonSchema {
    this.left -= 1;
    if (typeof given === "boolean") return given ? {} : { not: {} };
    if (this.left < 0 || depth > this.depth) return this.#cut();
    const found = resolve(this.root, given);
    if (!found.ok || found.references.some((reference) => above.includes(reference))) return this.#cut();
    const inside = [...above, ...found.references];
    const from = found.value;
    const schema: Record<string, unknown> = {};
    this.#types(from, schema);
    this.#words(from, objectOf(given), schema);
    this.#bounds(from, schema);
    this.#parts(from, schema, depth, inside);
    return schema as JsonSchema;
  }

  #cut(): JsonSchema {
    this.isCut = true;
    return {};
  }

  #types(from: JsonObject, schema: Record<string, unknown>): void {
    const named = [from.type].flat().filter((each) => typeNames.includes(each as never)) as string[];
    const types = from.nullable === true && named.length > 0 && !named.includes("null") ? [...named, "null"] : named;
    const implied = objectOf(from.properties) !== null ? "object" : from.items !== undefined ? "array" : undefined;
    if (types.length === 1) schema.type = types[0];
    else if (types.length > 1) schema.type = [...new Set(types)];
    else if (implied !== undefined && lists.every((name) => from[name] === undefined)) schema.type = implied;
    if (Array.isArray(from.enum) && from.enum.length > 0) {
      const choices = [...from.enum, ...(from.nullable === true && !from.enum.includes(null) ? [null] : [])];
      if (choices.length <= mostChoices) schema.enum = choices;
      else this.isCut = true;
    }
    if (from.const !== undefined) schema.const = from.const;
  }

  #words(from: JsonObject, own: JsonObject | null, schema: Record<string, unknown>): void {
    // In 3.1 what stands beside a reference counts.
    const said = own?.description ?? from.description ?? from.title;
    if (this.told && typeof said === "string" && said.trim() !== "")
      schema.description = said.trim().slice(0, longestText);
    if (from.default !== undefined && JSON.stringify(from.default).length <= longestText) schema.default = from.default;
    if (typeof from.format === "string") schema.format = from.format;
    if (from.deprecated === true) schema.deprecated = true;
  }

  #bounds(from: JsonObject, schema: Record<string, unknown>): void {
    for (const name of counts) {
      const value = from[name];
      if (typeof value === "number" && Number.isInteger(value) && value >= 0) schema[name] = value;
    }
    for (const name of numbers) {
      const exclusive = name === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
      const bound = from[name];
      const beyond = from[exclusive];
      if (typeof beyond === "number") schema[exclusive] = beyond;
      // 3.0 says whether, 3.1 says where.
      if (typeof bound === "number") schema[beyond === true ? exclusive : name] = bound;
    }
    if (typeof from.multipleOf === "number" && from.multipleOf > 0) schema.multipleOf = from.multipleOf;
    if (typeof from.uniqueItems === "boolean") schema.uniqueItems = from.uniqueItems;
    if (typeof from.pattern !== "string") return;
    if (patternProblem(from.pattern) === null) schema.pattern = from.pattern;
    else this.isCut = true;
  }

  #parts(from: JsonObject, schema: Record<string, unknown>, depth: number, above: readonly string[]): void {
    const properties = objectOf(from.properties);
    const hidden = new Set<string>();
    if (properties !== null) {
      const kept: [string, JsonSchema][] = [];
      for (const [name, each] of Object.entries(properties)) {
        const field = resolve(this.root, each);
        if (field.ok && this.sent && field.value.readOnly === true) hidden.add(name);
        else if (this.left >= 0) kept.push([name, this.of(each, depth + 1, above)]);
      }
      schema.properties = Object.fromEntries(kept);
    }
    const required = listOf(from.required).filter(
      (name): name is string => typeof name === "string" && !hidden.has(name),
    );
    if (required.length > 0) schema.required = [...new Set(required)];
    const further = from.additionalProperties;
    if (typeof further === "boolean") schema.additionalProperties = further;
    else if (objectOf(further) !== null) schema.additionalProperties = this.of(further, depth + 1, above);
    if (from.items !== undefined && !Array.isArray(from.items)) schema.items = this.of(from.items, depth + 1, above);
    if (Array.isArray(from.prefixItems) && from.prefixItems.length > 0)
      schema.prefixItems = from.prefixItems.map((each) => this.of(each, depth + 1, above));
    for (const name of lists) {
      const parts = listOf(from[name]);
      // The parts of a whole are on the level of the whole.
      if (parts.length > 0 && this.left >= 0)
        schema[name] = parts.map((each) => this.of(each, name === "allOf" ? depth : depth + 1, above));
    }
    // What must not fit is left out: cut short, it would fit everything.
    if (objectOf(from.not) !== null) this.isCut = true;
    // One form of several is checked as any of them, for a form that was cut fits more than it did.
    if (Array.isArray(schema.oneOf) && schema.anyOf === undefined) {
      schema.anyOf = schema.oneOf;
      delete schema.oneOf;
    }
  }
}
