import { describe, expect, it } from "vitest";
import { mayBeNull, schemaOutline } from "./schema-outline";

const text = { type: "string" };
const object = (properties: object, required = Object.keys(properties)) => ({ type: "object", properties, required });

describe("the outline of a schema", () => {
  it.each([
    [
      object({ name: text, count: { type: "integer" }, done: { type: "boolean" } }),
      '{"name": string, "count": integer, "done": boolean}',
    ],
    [object({ 电话: { type: ["string", "null"] } }), '{"电话": string | null}'],
    [object({ unit: { type: "string", enum: ["kWh", "m3"] } }), '{"unit": "kWh" | "m3"}'],
    [object({ kind: { const: "note" } }), '{"kind": "note"}'],
    [object({ note: text }, []), '{"note"?: string}'],
    [object({ day: { ...text, description: "date as\nYYYY-MM-DD" } }), '{"day": string /* date as YYYY-MM-DD */}'],
    [
      object({ day: { ...text, format: "date", description: "of a */ visit" } }),
      '{"day": string /* of a * / visit, date */}',
    ],
    [object({ people: { type: "array", items: text } }), '{"people": Array<string>}'],
    [object({ size: { anyOf: [{ type: "number" }, { type: "null" }] } }), '{"size": number | null}'],
    [object({ lines: { type: "array", items: object({ sku: text }) } }), '{"lines": Array<{"sku": string}>}'],
  ])("%j", (schema, outline) => {
    expect(schemaOutline(schema)).toBe(outline);
  });

  it.each([
    ["a reference", object({ next: { $ref: "#/$defs/next" } })],
    ["a free field", object({ anything: {} })],
    ["fields of any name", object({ names: { type: "object", additionalProperties: text } })],
    ["no field", object({})],
    ["a list of anything", object({ list: { type: "array" } })],
    ["no object", { type: "array", items: text }],
    ["a property that is none", { type: "object", properties: { a: true } }],
    ["65 values", object({ one: { enum: Array.from({ length: 65 }, (_, index) => index) } })],
    ["more than 2,000 characters", object({ a: { ...text, description: "long ".repeat(500) } })],
  ])("is none for %s", (_, schema) => {
    expect(schemaOutline(schema)).toBeNull();
  });

  it("ends where a schema is deeper than eight", () => {
    const nested = (levels: number): object => (levels === 0 ? text : object({ in: nested(levels - 1) }));
    expect(schemaOutline(nested(8) as never)).toContain('{"in": string}');
    expect(schemaOutline(nested(10) as never)).toBeNull();
  });

  it("knows whether null may stand in it, but for where it is a word of a description", () => {
    expect(mayBeNull(schemaOutline(object({ a: { type: ["string", "null"] } })) ?? "")).toBe(true);
    expect(mayBeNull(schemaOutline(object({ a: { type: "array", items: { type: "null" } } })) ?? "")).toBe(true);
    expect(mayBeNull(schemaOutline(object({ a: { ...text, description: "never null" } })) ?? "")).toBe(false);
  });
});
