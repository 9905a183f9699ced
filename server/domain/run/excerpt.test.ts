import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerptOf } from "./excerpt";

describe("the excerpt of a run's values", () => {
  it.each([
    [null, ""],
    [{ text: "  What is\n it? " }, "What is it?"],
    [{ a: "one", b: 2, c: true, d: null }, "one · 2 · true"],
    [{ photo: { fileId: "f1", name: "dish.jpg", mediaType: "image/jpeg", size: 9 } }, "dish.jpg"],
    [{ claim: { amount: 5 } }, '{"amount":5}'],
    [{ list: Array.from({ length: 50 }, () => 1) }, "[50]"],
  ])("of %j is %j", (values, line) => {
    expect(excerptOf(values)).toBe(line);
  });

  it("is one storable line of at most 300 characters, whatever they are", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.anything()), (values) => {
        const line = excerptOf(values);
        expect(line.length).toBeLessThanOrEqual(300);
        expect(line).not.toMatch(/[\n\0]/);
        expect(line.isWellFormed()).toBe(true);
      }),
    );
    expect(excerptOf({ text: "a".repeat(1_000_000) })).toHaveLength(300);
  });
});
