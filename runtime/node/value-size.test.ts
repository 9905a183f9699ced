import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { valueCharacters } from "./value-size";

/** Values whose texts need no escape. */
const plain = fc.string({ unit: fc.constantFrom("a", "字", " ", "é") });
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    plain,
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie("value")),
    fc.dictionary(fc.string({ unit: fc.constantFrom("k", "名") }), tie("value")),
  ),
}));

describe("the size of a value", () => {
  it("is the length of a text, and that of anything else's indented JSON within a tenth", () => {
    fc.assert(
      fc.property(json, (value) => {
        const size = valueCharacters(value, Number.POSITIVE_INFINITY);
        const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
        expect(Math.abs(size - text.length)).toBeLessThanOrEqual(4 + text.length * 0.4);
        if (typeof value === "string") expect(size).toBe(text.length);
      }),
    );
  });

  it("is not counted to its end beyond the bound", () => {
    let looks = 0;
    const list = Array.from({ length: 100_000 }, () => ({
      get text() {
        looks += 1;
        return "x".repeat(100);
      },
    }));
    expect(valueCharacters([list.slice(0, 10)], 500)).toBeGreaterThan(500);
    looks = 0;
    valueCharacters(
      list.map((each) => each.text),
      10_000,
    );
    const before = looks;
    expect(valueCharacters(list, 10_000)).toBeGreaterThan(10_000);
    expect(looks - before).toBeLessThan(2_000);
  });

  it("counts what indentation adds to a value that is nested deep", () => {
    let value: unknown = 1;
    for (let depth = 0; depth < 60; depth++) value = [value, value];
    expect(valueCharacters(value, 1_000_000)).toBeGreaterThan(1_000_000);
    let line: unknown = 1;
    for (let depth = 0; depth < 1_000; depth++) line = [line];
    expect(valueCharacters(line, 10_000_000)).toBeGreaterThan(900_000);
  });
});
