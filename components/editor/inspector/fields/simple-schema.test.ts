import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readSimpleSchema, type SimpleProperty, simpleTypes, writeSimpleSchema } from "./simple-schema";

const property: fc.Arbitrary<SimpleProperty> = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9]{0,6}$/u),
    type: fc.constantFrom(...simpleTypes),
    description: fc.string(),
    required: fc.boolean(),
    choices: fc.array(fc.string()),
  })
  .map((each) => (each.type === "choice" ? each : { ...each, choices: [] }));

describe("simple schema", () => {
  it("reads back whatever it wrote", () => {
    fc.assert(
      fc.property(fc.uniqueArray(property, { selector: ({ name }) => name }), (properties) => {
        expect(readSimpleSchema(writeSimpleSchema(properties))).toEqual(properties);
      }),
    );
  });

  it.each([
    ["no object", { type: "string" }],
    ["a nested object", { type: "object", properties: { a: { type: "object", properties: {} } } }],
    ["a bound", { type: "object", properties: { a: { type: "number", minimum: 0 } } }],
    ["other fields allowed", { type: "object", properties: {}, additionalProperties: true }],
    ["a reference", { type: "object", properties: { a: { $ref: "#" } } }],
    ["a title", { type: "object", properties: {}, title: "x" }],
    ["nothing", null],
  ])("leaves a schema with %s to the text editor", (_, schema) => {
    expect(readSimpleSchema(schema)).toBeNull();
  });
});
