import { describe, expect, it } from "vitest";
import { readAnswerFormat } from "./answer-text";
import { patternLimits, refusePatterns } from "./pattern-weight";

const text = (pattern: string) => ({ type: "object", properties: { a: { type: "string", pattern } } });
const many = (count: number, pattern: string) => ({
  type: "object",
  properties: { a: { allOf: Array.from({ length: count }, (_, index) => ({ pattern: `${pattern}${index}` })) } },
});

describe("the patterns of a schema in a request", () => {
  it.each([
    ["a code", text("^[0-9]{5}(-[0-9]{4})?$")],
    ["a long text", text("^.{1,500}$")],
    ["a UUID", text("^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")],
    ["a time", text("^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d{1,9})?(Z|[+-]\\d{2}:\\d{2})$")],
    ["an address of mail", text("^[a-z0-9._-]{1,64}@[a-z0-9.-]{1,255}$")],
    ["values that look like schemas", { enum: Array.from({ length: 30 }, () => ({ pattern: "a" })) }],
    ["a property of that name", { type: "object", properties: { pattern: { type: "string" } } }],
    ["as many as there may be", many(patternLimits.patterns, "^a")],
    ["no object", null],
  ])("may be: %s", (_, schema) => expect(refusePatterns(schema)).toBeNull());

  it.each([
    ["one too many", many(patternLimits.patterns + 1, "^a")],
    ["many that repeat", many(20, "^(?:\\pL?){240}$")],
    ["repeats within repeats", text("((a{100}){100}){100}")],
    ["a repeat without an end", text("^(?:\\p{L}\\p{N}){9999,}$")],
    ["names of properties", { patternProperties: { "(a{900}){900}": {} } }],
  ])("may not be: %s", (_, schema) => expect(refusePatterns(schema)).toMatch(/patterns/));

  it("are refused before they are compiled, with their place", () => {
    const schema = many(2_000, "^(?:\\pL?){240}$");
    const format = { type: "json_schema", json_schema: { name: "a", schema } };
    expect(() => readAnswerFormat(format, "response_format")).toThrow("20 patterns");
  });
});
