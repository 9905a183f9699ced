import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { windows } from "./windows";

describe("windows", () => {
  it("keeps everything in order, within the size, without a short rest", () => {
    fc.assert(
      fc.property(fc.array(fc.nat()), fc.integer({ min: 1, max: 20 }), (items, size) => {
        const parts = windows(items, size);
        expect(parts.flat()).toEqual(items);
        const lengths = parts.map(({ length }) => length);
        expect(Math.max(...lengths)).toBeLessThanOrEqual(size);
        expect(parts.length).toBe(Math.max(1, Math.ceil(items.length / size)));
      }),
    );
  });

  it("gives one empty window for nothing, so that an empty text has a vector", () => {
    expect(windows([], 5)).toEqual([[]]);
  });
});
