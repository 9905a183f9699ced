import fc from "fast-check";
import { expect, it } from "vitest";
import { closeness } from "./closeness";

it("is 1 for the same text however it is written, and below for any other", () => {
  expect(closeness(" “Billing.” ", "billing")).toBe(1);
  expect(closeness("ＡＢＣ", "abc")).toBe(1);
  expect(closeness("", "")).toBe(1);
  expect(closeness("", "billing")).toBe(0);
  expect(closeness("C#", "C")).toBeLessThan(1);
});

it("is larger for the nearer miss, in any script", () => {
  expect(closeness("The department is billing", "billing")).toBeGreaterThan(closeness("delivery", "billing"));
  expect(closeness("41", "42")).toBeGreaterThan(closeness("90", "42"));
  expect(closeness("退款部门", "退款部")).toBeGreaterThan(closeness("物流", "退款部"));
  // Pairs of "night" with its ends: 6, of "nacht" too; shared are " n", "ht" and "t ".
  expect(closeness("night", "nacht")).toBeCloseTo(0.5, 12);
});

it("lies between 0 and 1, is the same both ways, and 1 only for texts that were compared whole", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }), (one, other) => {
      const found = closeness(one, other);
      expect(found).toBeGreaterThanOrEqual(0);
      expect(found).toBeLessThanOrEqual(1);
      expect(closeness(other, one)).toBe(found);
    }),
  );
  const long = "word ".repeat(5_000);
  expect(closeness(`${long}a`, `${long}b`)).toBe(0.999);
});
