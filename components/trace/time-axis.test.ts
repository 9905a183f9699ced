import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { axisTicks } from "./time-axis";

describe("axisTicks", () => {
  it("gives round steps", () => {
    expect(axisTicks(1000)).toEqual([0, 200, 400, 600, 800, 1000]);
    expect(axisTicks(7300)).toEqual([0, 2000, 4000, 6000]);
    expect(axisTicks(0)).toEqual([0]);
  });
  it("never gives many ticks or one beyond the end", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.001, max: 1e9, noNaN: true }), (duration) => {
        const ticks = axisTicks(duration);
        expect(ticks.length).toBeLessThanOrEqual(7);
        expect(ticks.length).toBeGreaterThanOrEqual(3);
        expect(ticks.at(-1)).toBeLessThanOrEqual(duration * (1 + 1e-6));
      }),
    );
  });
});
