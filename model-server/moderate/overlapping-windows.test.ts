import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { overlappingWindows } from "./overlapping-windows";

describe("overlappingWindows", () => {
  it("shares items between neighbours", () => {
    expect(overlappingWindows([1, 2, 3, 4, 5, 6, 7], 4, 2)).toEqual([
      [1, 2, 3, 4],
      [3, 4, 5, 6],
      [5, 6, 7],
    ]);
    expect(overlappingWindows([], 4, 2)).toEqual([[]]);
  });

  it("leaves nothing out, is never larger than allowed, and shows any run as long as the overlap whole", () => {
    fc.assert(
      fc.property(fc.nat(60), fc.integer({ min: 2, max: 12 }), fc.nat(), (length, size, seed) => {
        const overlap = seed % size;
        const items = Array.from({ length }, (_, index) => index);
        const windows = overlappingWindows(items, size, overlap);
        expect([...new Set(windows.flat())]).toEqual(items);
        for (const window of windows) expect(window.length).toBeLessThanOrEqual(size);
        for (let start = 0; start + overlap <= length; start++)
          expect(
            windows.some((window) => items.slice(start, start + overlap).every((one) => window.includes(one))),
          ).toBe(true);
      }),
    );
  });
});
