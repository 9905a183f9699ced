import fc from "fast-check";
import { expect, test } from "vitest";
import { imageTokens } from "./image-tokens";

test.each([
  [28, 28, 3],
  [1, 1, 3],
  [1024, 768, 37 * 27 + 2],
  [4000, 3000, 143 * 107 + 2],
  [8192, 8192, 16_386],
])("%i by %i pixels are %i tokens", (width, height, tokens) => {
  expect(imageTokens({ width, height })).toBe(tokens);
});

test("a smaller picture never costs more", () => {
  const edge = fc.integer({ min: 1, max: 8192 });
  fc.assert(
    fc.property(edge, edge, fc.double({ min: 0.01, max: 1, noNaN: true }), (width, height, scale) => {
      const smaller = { width: Math.ceil(width * scale), height: Math.ceil(height * scale) };
      expect(imageTokens(smaller)).toBeLessThanOrEqual(imageTokens({ width, height }));
    }),
  );
});
