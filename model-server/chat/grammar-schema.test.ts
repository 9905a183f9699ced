import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { toGrammarSchema } from "./grammar-schema";

const lenient = (schema: object) => toGrammarSchema(schema as Record<string, unknown>, false);
const strict = (schema: object) => toGrammarSchema(schema as Record<string, unknown>, true);

const ajv = new Ajv2020({ strict: false, validateFormats: false, validateSchema: false });

describe("toGrammarSchema", () => {
  it("keeps what a grammar holds as it is", () => {
    const schema = {
      type: "object",
      properties: {
        label: { enum: ["billing", "delivery"] },
        score: { type: "integer" },
        notes: { type: "array", items: { type: "string", maxLength: 20 }, maxItems: 3 },
        due: { type: "string", format: "date" },
      },
    };
    expect(strict(schema)).toEqual({ ok: true, value: schema });
  });

  it("drops what only people read", () => {
    expect(
      strict({ $schema: "x", title: "T", description: "D", type: "string", default: "a", examples: ["b"] }),
    ).toEqual({
      ok: true,
      value: { type: "string" },
    });
  });

  it("spells out whole numbers between bounds, and takes the bounds of number formats as none", () => {
    expect(strict({ type: "integer", minimum: 1, maximum: 5 })).toEqual({ ok: true, value: { enum: [1, 2, 3, 4, 5] } });
    expect(strict({ type: "integer", exclusiveMinimum: 0, exclusiveMaximum: 3 })).toEqual({
      ok: true,
      value: { enum: [1, 2] },
    });
    expect(strict({ type: "integer", minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER })).toEqual({
      ok: true,
      value: { type: "integer" },
    });
    expect(lenient({ type: "integer", minimum: 5, maximum: 1 })).toMatchObject({ ok: false });
  });

  it("turns every form of a choice into the one that grammars know", () => {
    const either = { oneOf: [{ type: "string" }, { type: "null" }] };
    expect(strict({ type: ["string", "null"] })).toEqual({ ok: true, value: either });
    expect(strict({ anyOf: [{ type: "string" }, { type: "null" }] })).toEqual({ ok: true, value: either });
    expect(strict({ type: "string", nullable: true })).toEqual({ ok: true, value: either });
    expect(strict({ allOf: [{ type: "string" }] })).toEqual({ ok: true, value: { type: "string" } });
  });

  it("follows references, under both names, and finds those that lead nowhere", () => {
    const schema = {
      type: "object",
      properties: { child: { $ref: "#/definitions/item" } },
      definitions: { item: { type: "string" } },
    };
    expect(strict(schema)).toEqual({
      ok: true,
      value: { type: "object", properties: { child: { $ref: "#/$defs/item" } }, $defs: { item: { type: "string" } } },
    });
    expect(strict({ $ref: "#/$defs/nothing" })).toMatchObject({ ok: false });
    expect(strict({ $ref: "https://elsewhere/schema" })).toMatchObject({ ok: false });
  });

  it("refuses a rule that it cannot hold when strict, and says where", () => {
    for (const [rule, keyword] of [
      [{ type: "string", pattern: "^a" }, "pattern"],
      [{ type: "string", format: "email" }, "email"],
      [{ type: "number", minimum: 0 }, "minimum"],
      [{ type: "number", multipleOf: 0.5 }, "multipleOf"],
      [{ type: "array", items: { type: "string" }, uniqueItems: true }, "uniqueItems"],
      [{ type: "object", patternProperties: { a: {} } }, "patternProperties"],
      [{ not: { type: "string" } }, "not"],
    ] as const) {
      const schema = { type: "object", properties: { field: rule } };
      const refused = strict(schema);
      expect(refused, keyword).toMatchObject({ ok: false, error: { at: "#/properties/field" } });
      if (!refused.ok) expect(refused.error.message).toContain(keyword);
      expect(lenient(schema), keyword).toMatchObject({ ok: true });
    }
  });

  it("refuses what is no schema, contradicts itself or has no end", () => {
    for (const schema of [
      { type: "thing" },
      { enum: [] },
      { enum: [{ a: 1 }] },
      { enum: Array.from({ length: 501 }, (_, index) => index) },
      { properties: { a: false } },
      { allOf: [{ type: "string" }, { minLength: 1 }] },
      { type: "string", anyOf: [{ type: "number" }] },
      { type: "array", minItems: -1 },
    ])
      expect(lenient(schema), JSON.stringify(schema)).toMatchObject({ ok: false });
    let deep: object = { type: "string" };
    for (let level = 0; level < 40; level++) deep = { type: "array", items: deep };
    expect(lenient(deep)).toMatchObject({ ok: false });
    const wide = Object.fromEntries(Array.from({ length: 2001 }, (_, index) => [`p${index}`, { type: "string" }]));
    expect(lenient({ type: "object", properties: wide })).toMatchObject({ ok: false });
  });

  it("is not led astray by names that objects have by themselves", () => {
    const schema = JSON.parse(
      '{"type":"object","properties":{"__proto__":{"type":"string"},"constructor":{"type":"integer"}}}',
    );
    const translated = strict(schema);
    expect(translated.ok && JSON.stringify(translated.value)).toBe(JSON.stringify(schema));
  });

  it("allows only values that are valid against the original", () => {
    fc.assert(
      fc.property(schemas, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (schema, random) => {
        const translated = strict(schema);
        if (!translated.ok) throw new Error(`${translated.error.at}: ${translated.error.message}`);
        const next = () => random.next().value as number;
        const value = sample(translated.value as unknown as Grammar, next);
        expect(ajv.validate(schema, value), `${JSON.stringify(value)} against ${JSON.stringify(schema)}`).toBe(true);
      }),
      { numRuns: 200 },
    );
  });
});

/** Schemas of every kind that is translated. */
const { schemas } = fc.letrec<{ schemas: Record<string, unknown> }>((tie) => ({
  schemas: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      { type: "string" },
      { type: "boolean" },
      { type: "null" },
      { type: "number" },
      { type: ["integer", "null"] },
    ),
    fc.record({
      type: fc.constant("integer"),
      minimum: fc.integer({ min: -5, max: 0 }),
      maximum: fc.integer({ min: 1, max: 5 }),
    }),
    fc.record({
      enum: fc.uniqueArray(fc.oneof(fc.string(), fc.integer(), fc.boolean()), { minLength: 1, maxLength: 4 }),
    }),
    fc.record({ const: fc.string() }),
    fc.record({ type: fc.constant("string"), minLength: fc.nat(2), maxLength: fc.integer({ min: 2, max: 4 }) }),
    fc.record({ anyOf: fc.array(tie("schemas"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.tuple(tie("schemas")) }),
    fc.record({
      type: fc.constant("array"),
      items: tie("schemas"),
      minItems: fc.nat(1),
      maxItems: fc.integer({ min: 1, max: 3 }),
    }),
    fc.record({
      type: fc.constant("array"),
      prefixItems: fc.array(tie("schemas"), { minLength: 1, maxLength: 2 }),
      items: fc.constant(false),
    }),
    fc.dictionary(fc.constantFrom("a", "b", "c"), tie("schemas")).map((properties) => ({
      type: "object",
      properties,
      required: Object.keys(properties),
      additionalProperties: false,
    })),
    fc.record({ required: fc.constant(["x"]), properties: fc.record({ y: tie("schemas") }) }),
  ),
}));

interface Grammar {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly oneOf?: readonly Grammar[];
  readonly properties?: Readonly<Record<string, Grammar>>;
  readonly items?: Grammar;
  readonly prefixItems?: readonly Grammar[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly minLength?: number;
}

/** A value of the translated schema, as a grammar may produce it. */
function sample(schema: Grammar, next: () => number): unknown {
  const pick = <T>(list: readonly T[]) => list[Math.min(list.length - 1, Math.floor(next() * list.length))] as T;
  if ("const" in schema) return schema.const;
  if (schema.enum) return pick(schema.enum);
  if (schema.oneOf) return sample(pick(schema.oneOf), next);
  switch (Array.isArray(schema.type) ? pick(schema.type) : schema.type) {
    case "object":
      return Object.fromEntries(
        Object.entries(schema.properties ?? {}).map(([name, value]) => [name, sample(value, next)]),
      );
    case "array": {
      const tuple = schema.prefixItems ?? [];
      const least = Math.max(schema.minItems ?? 0, tuple.length);
      const most = Math.max(least, schema.maxItems ?? least + 2);
      const length = least + Math.floor(next() * (most - least + 1));
      return Array.from({ length: Math.min(length, most) }, (_, index) =>
        sample(tuple[index] ?? schema.items ?? { type: "null" }, next),
      );
    }
    case "string":
      return "x".repeat(schema.minLength ?? 0);
    case "integer":
      return Math.floor(next() * 100);
    case "number":
      return next();
    case "boolean":
      return next() < 0.5;
    default:
      return null;
  }
}
