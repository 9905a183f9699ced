import { expect, test } from "vitest";
import { fieldsOf, textsOf, valuesOf } from "./form-values";

const schema = {
  type: "object",
  properties: {
    amount: { type: "number", title: "Amount paid" },
    kind: { enum: ["car", "house", 3] },
    ok: { type: "boolean", default: true },
    name: { type: "string", maxLength: 50 },
    reason: { type: "string" },
    rows: { type: "array" },
  },
  required: ["amount"],
};

test("each property is a field of its kind", () => {
  expect(fieldsOf(schema).map(({ name, kind, required }) => [name, kind, required])).toEqual([
    ["amount", "number", true],
    ["kind", "choice", false],
    ["ok", "switch", false],
    ["name", "text", false],
    ["reason", "long-text", false],
    ["rows", "json", false],
  ]);
  expect(fieldsOf(null)).toEqual([]);
  expect(fieldsOf({ properties: { x: true } })).toMatchObject([{ name: "x", kind: "json" }]);
});

test("what is required comes first, in the order in which the schema says so", () => {
  const properties = { a: {}, b: {}, c: {}, d: {} };
  expect(fieldsOf({ properties, required: ["d", "b"] }).map(({ name }) => name)).toEqual(["d", "b", "a", "c"]);
});

test("what was typed comes back as values of the right type, and what is empty is left out", () => {
  expect(textsOf(schema, { amount: 3, rows: [1] })).toMatchObject({
    amount: "3",
    ok: true,
    rows: "[\n  1\n]",
    name: "",
  });
  expect(valuesOf(schema, { amount: "3.5", kind: "3", ok: false, name: " ", reason: "because", rows: "[1]" })).toEqual({
    amount: 3.5,
    kind: 3,
    ok: false,
    reason: "because",
    rows: [1],
  });
});

test("what cannot be read is sent as it is, for the server to say what is wrong", () => {
  expect(valuesOf(schema, { amount: "much", rows: "[1", ok: false })).toEqual({
    amount: "much",
    rows: "[1",
    ok: false,
  });
});
