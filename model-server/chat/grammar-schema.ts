import type { GbnfJsonSchema } from "node-llama-cpp";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { isRecord } from "@/runtime/node/record";

/** A rule of the schema that cannot be held, and where it stands. */
export interface SchemaProblem {
  readonly at: string;
  readonly message: string;
}

type Json = Readonly<Record<string, unknown>>;

const MAX_DEPTH = 32;
const MAX_NODES = 2000;
const MAX_ENUM = 500;
/** A grammar spells out every repetition. */
const MAX_REPEAT = 1000;
/** Whole numbers between two bounds are spelt out one by one. */
const MAX_SPELT_NUMBERS = 200;

const anything: GbnfJsonSchema = {
  oneOf: [
    { type: ["string", "number", "boolean", "null"] },
    { type: "array" },
    { type: "object", additionalProperties: true },
  ],
};

const annotations = new Set([
  "$schema",
  "$id",
  "$comment",
  "$anchor",
  "title",
  "description",
  "default",
  "examples",
  "deprecated",
  "readOnly",
  "writeOnly",
  "contentMediaType",
  "contentEncoding",
  "nullable",
]);
const formats = ["date", "time", "date-time"] as const;

/**
 * Turns a JSON Schema into the part of it that a grammar can hold, so that every answer is valid against the original.
 * A rule that no grammar can hold (`pattern`, a bound of a fraction, `uniqueItems`) is a problem when `strict`, else it is left
 * out: then the type still holds and the rule is only a wish. Properties come in the schema's order and all are given.
 */
export function toGrammarSchema(schema: Json, strict: boolean): Result<GbnfJsonSchema, SchemaProblem> {
  try {
    const translation = new Translation(strict);
    const root = translation.translate(schema, "#", 0);
    const definitions = { ...asObject(schema.definitions), ...asObject(schema.$defs) };
    const translated = Object.fromEntries(
      Object.entries(definitions).map(([name, value]) => [name, translation.translate(value, `#/$defs/${name}`, 1)]),
    );
    for (const name of translation.references)
      if (!(name in translated)) throw new Unsupported("#", `$ref to "${name}", which is not among the definitions`);
    return ok(Object.keys(translated).length > 0 ? ({ ...root, $defs: translated } as GbnfJsonSchema) : root);
  } catch (error) {
    if (error instanceof Unsupported) return fail({ at: error.at, message: error.message });
    throw error;
  }
}

class Unsupported extends Error {
  readonly at: string;
  constructor(at: string, message: string) {
    super(message);
    this.at = at;
  }
}

class Translation {
  readonly references = new Set<string>();
  readonly #strict: boolean;
  #nodes = 0;

  constructor(strict: boolean) {
    this.#strict = strict;
  }

  translate(schema: unknown, at: string, depth: number): GbnfJsonSchema {
    if (depth > MAX_DEPTH) throw new Unsupported(at, `is nested deeper than ${MAX_DEPTH} levels`);
    if (++this.#nodes > MAX_NODES) throw new Unsupported(at, `the schema has more than ${MAX_NODES} parts`);
    if (schema === true) return anything;
    if (!isRecord(schema)) throw new Unsupported(at, "must be a schema object");
    const translated = this.#translateKind(schema, at, depth);
    return schema.nullable === true ? { oneOf: [translated, { type: "null" }] } : translated;
  }

  #translateKind(schema: Json, at: string, depth: number): GbnfJsonSchema {
    if (schema.$ref !== undefined) return this.#reference(schema, at);
    if (schema.const !== undefined) return { const: this.#scalar(schema.const, `${at}/const`) };
    if (schema.enum !== undefined) return this.#enumeration(schema.enum, `${at}/enum`);
    if (schema.allOf !== undefined) {
      const [only, ...others] = asArray(schema.allOf);
      if (!isRecord(only) || others.length > 0)
        throw new Unsupported(`${at}/allOf`, "with more than one schema is not supported");
      return this.translate(merge(without(schema, "allOf"), only, `${at}/allOf`), at, depth + 1);
    }
    const choice = schema.anyOf !== undefined ? "anyOf" : schema.oneOf !== undefined ? "oneOf" : undefined;
    if (choice) return this.#choice(schema, choice, at, depth);
    if (Array.isArray(schema.type)) {
      const variants = schema.type.map((type) =>
        this.translate({ ...without(schema, "nullable"), type }, at, depth + 1),
      );
      return variants.length === 1 && variants[0] ? variants[0] : { oneOf: variants };
    }
    return this.#typed(schema, at, depth);
  }

  #typed(schema: Json, at: string, depth: number): GbnfJsonSchema {
    switch (schema.type ?? impliedType(schema)) {
      case "object":
        return this.#object(schema, at, depth);
      case "array":
        return this.#array(schema, at, depth);
      case "string":
        return this.#string(schema, at);
      case "integer":
      case "number":
        return this.#number(schema, at);
      case "boolean":
      case "null":
        this.#refuseOthers(schema, ["type"], at);
        return { type: schema.type === "null" ? "null" : "boolean" };
      case undefined:
        this.#refuseOthers(schema, ["$defs", "definitions"], at);
        return anything;
      default:
        throw new Unsupported(`${at}/type`, `"${String(schema.type)}" is not a type`);
    }
  }

  #object(schema: Json, at: string, depth: number): GbnfJsonSchema {
    this.#refuseOthers(
      schema,
      [
        "type",
        "properties",
        "required",
        "additionalProperties",
        "minProperties",
        "maxProperties",
        "$defs",
        "definitions",
      ],
      at,
    );
    const properties: Record<string, GbnfJsonSchema> = Object.create(null);
    for (const [name, value] of Object.entries(asObject(schema.properties)))
      properties[name] = this.translate(value, `${at}/properties/${name}`, depth + 1);
    for (const name of asArray(schema.required)) if (typeof name === "string") properties[name] ??= anything;
    if (Object.keys(properties).length > 0) {
      if (schema.minProperties !== undefined) this.#refuse("minProperties", at);
      if (schema.maxProperties !== undefined) this.#refuse("maxProperties", at);
      // Further properties are allowed by most schemas and wanted by none.
      return { type: "object", properties };
    }
    const further = schema.additionalProperties ?? true;
    return {
      type: "object",
      additionalProperties:
        typeof further === "boolean" ? further : this.translate(further, `${at}/additionalProperties`, depth + 1),
      ...this.#counts(schema, "minProperties", "maxProperties", at),
    };
  }

  #array(schema: Json, at: string, depth: number): GbnfJsonSchema {
    this.#refuseOthers(schema, ["type", "items", "prefixItems", "minItems", "maxItems"], at);
    const legacyTuple = Array.isArray(schema.items);
    const tuple = legacyTuple ? asArray(schema.items) : asArray(schema.prefixItems);
    return {
      type: "array",
      ...(tuple.length > 0 && {
        prefixItems: tuple.map((item, index) => this.translate(item, `${at}/prefixItems/${index}`, depth + 1)),
      }),
      ...(!legacyTuple && isRecord(schema.items) && { items: this.translate(schema.items, `${at}/items`, depth + 1) }),
      ...this.#counts(schema, "minItems", "maxItems", at),
      ...(tuple.length > 0 && (legacyTuple || schema.items === false) && { maxItems: tuple.length }),
    };
  }

  #string(schema: Json, at: string): GbnfJsonSchema {
    this.#refuseOthers(schema, ["type", "minLength", "maxLength", "format"], at);
    const format = formats.find((known) => known === schema.format);
    if (format) return { type: "string", format };
    if (schema.format !== undefined) this.#refuse(`format "${String(schema.format)}"`, at);
    return { type: "string", ...this.#counts(schema, "minLength", "maxLength", at) };
  }

  #number(schema: Json, at: string): GbnfJsonSchema {
    this.#refuseOthers(
      schema,
      ["type", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"],
      at,
    );
    const whole = schema.type === "integer" || schema.multipleOf === 1;
    if (schema.multipleOf !== undefined && schema.multipleOf !== 1) this.#refuse("multipleOf", at);
    const least = lowest(schema.minimum, schema.exclusiveMinimum, whole);
    const most = highest(schema.maximum, schema.exclusiveMaximum, whole);
    if (whole && least !== undefined && most !== undefined && most - least < MAX_SPELT_NUMBERS) {
      if (most < least) throw new Unsupported(at, "no whole number lies between its bounds");
      return { enum: Array.from({ length: most - least + 1 }, (_, index) => least + index) };
    }
    // Bounds at the edge of what a number can hold are written by schema generators and say nothing.
    for (const [name, bound] of [
      ["minimum", least],
      ["maximum", most],
    ] as const)
      if (bound !== undefined && Math.abs(bound) < Number.MAX_SAFE_INTEGER) this.#refuse(name, at);
    return { type: whole ? "integer" : "number" };
  }

  #choice(schema: Json, keyword: "anyOf" | "oneOf", at: string, depth: number): GbnfJsonSchema {
    const options = asArray(schema[keyword]);
    if (options.length === 0) throw new Unsupported(`${at}/${keyword}`, "needs at least one schema");
    const beside = without(schema, keyword, "nullable", "$defs", "definitions");
    return {
      oneOf: options.map((option, index) => {
        const place = `${at}/${keyword}/${index}`;
        const whole = isRecord(option) ? merge(beside, option, place) : option;
        return this.translate(whole, place, depth + 1);
      }),
    };
  }

  #reference(schema: Json, at: string): GbnfJsonSchema {
    const name = /^#\/(?:\$defs|definitions)\/([^/]+)$/.exec(String(schema.$ref))?.[1];
    if (!name) throw new Unsupported(`${at}/$ref`, "must point to a definition of this schema: #/$defs/NAME");
    this.references.add(name);
    return { $ref: `#/$defs/${name}` } as unknown as GbnfJsonSchema;
  }

  #enumeration(values: unknown, at: string): GbnfJsonSchema {
    const list = asArray(values);
    if (list.length === 0 || list.length > MAX_ENUM) throw new Unsupported(at, `needs 1 to ${MAX_ENUM} values`);
    return { enum: list.map((value, index) => this.#scalar(value, `${at}/${index}`)) };
  }

  #scalar(value: unknown, at: string): string | number | boolean | null {
    if (value === null || typeof value === "string" || typeof value === "number" || typeof value === "boolean")
      return value;
    throw new Unsupported(at, "must be a text, a number, true, false or null");
  }

  #counts(schema: Json, least: string, most: string, at: string): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const name of [least, most]) {
      const value = schema[name];
      if (value === undefined) continue;
      if (typeof value !== "number" || !Number.isInteger(value) || value < 0)
        throw new Unsupported(`${at}/${name}`, "must be a whole number");
      if (value <= MAX_REPEAT) counts[name] = value;
      else this.#refuse(`${name} above ${MAX_REPEAT}`, at);
    }
    return counts;
  }

  #refuseOthers(schema: Json, known: readonly string[], at: string) {
    for (const key of Object.keys(schema)) if (!known.includes(key) && !annotations.has(key)) this.#refuse(key, at);
  }

  #refuse(keyword: string, at: string) {
    if (this.#strict)
      throw new Unsupported(
        at,
        `${keyword} cannot be enforced here. Leave it out, or set "strict": false to take it as a wish`,
      );
  }
}

const asObject = (value: unknown): Json => (isRecord(value) ? value : {});
const asArray = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const without = (schema: Json, ...keys: string[]): Json =>
  Object.fromEntries(Object.entries(schema).filter(([key]) => !keys.includes(key)));

function impliedType(schema: Json): string | undefined {
  if (schema.properties !== undefined || schema.required !== undefined || isRecord(schema.additionalProperties))
    return "object";
  if (schema.items !== undefined || schema.prefixItems !== undefined) return "array";
  if (schema.minLength !== undefined || schema.maxLength !== undefined || schema.pattern !== undefined) return "string";
  return undefined;
}

function merge(left: Json, right: Json, at: string): Json {
  for (const key of Object.keys(right))
    if (key in left && !annotations.has(key) && JSON.stringify(left[key]) !== JSON.stringify(right[key]))
      throw new Unsupported(at, `says something else about ${key} than the schema around it`);
  return { ...left, ...right };
}

const asNumber = (value: unknown) => (typeof value === "number" ? value : undefined);

function lowest(minimum: unknown, above: unknown, whole: boolean): number | undefined {
  const bounds = [asNumber(minimum), asNumber(above)].map((bound, index) =>
    bound === undefined || !whole ? bound : index === 0 ? Math.ceil(bound) : Math.floor(bound) + 1,
  );
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length > 0 ? Math.max(...known) : undefined;
}

function highest(maximum: unknown, below: unknown, whole: boolean): number | undefined {
  const bounds = [asNumber(maximum), asNumber(below)].map((bound, index) =>
    bound === undefined || !whole ? bound : index === 0 ? Math.floor(bound) : Math.ceil(bound) - 1,
  );
  const known = bounds.filter((bound) => bound !== undefined);
  return known.length > 0 ? Math.min(...known) : undefined;
}
