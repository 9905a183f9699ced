import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corners, scaled, smallestRectangle } from "./rectangle";

describe("smallestRectangle", () => {
  it("finds a rectangle again from its corners, at whatever angle", () => {
    fc.assert(
      fc.property(
        fc.record({
          angle: fc.double({ min: -0.7, max: 0.7, noNaN: true }),
          width: fc.double({ min: 20, max: 300, noNaN: true }),
          height: fc.double({ min: 5, max: 300, noNaN: true }),
        }),
        (shape) => {
          const quad = corners({ centre: { x: 40, y: 90 }, ...shape });
          const found = smallestRectangle([...quad, { x: 40, y: 90 }]);
          expect(found.centre.x).toBeCloseTo(40, 3);
          expect(found.centre.y).toBeCloseTo(90, 3);
          expect(found.width * found.height).toBeCloseTo(shape.width * shape.height, 2);
        },
      ),
    );
  });

  it("grows with its picture", () => {
    const level = scaled({ centre: { x: 10, y: 20 }, width: 6, height: 4, angle: 0 }, 2, 3);
    expect(level).toEqual({ centre: { x: 20, y: 60 }, width: 12, height: 12, angle: 0 });
  });
});
