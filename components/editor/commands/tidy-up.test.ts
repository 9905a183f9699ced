import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Box } from "./arrange";
import { tidyUp } from "./tidy-up";

/** Wires lead from an earlier card to a later one, so that there are no loops. */
const pipelines = fc
  .integer({ min: 1, max: 40 })
  .chain((count) =>
    fc.record({
      boxes: fc.array(
        fc.record({
          x: fc.integer({ min: -3000, max: 3000 }),
          y: fc.integer({ min: -3000, max: 3000 }),
          height: fc.integer({ min: 40, max: 320 }),
        }),
        { minLength: count, maxLength: count },
      ),
      pairs: fc.array(fc.tuple(fc.nat(count - 1), fc.nat(count - 1)), { maxLength: 60 }),
    }),
  )
  .map(({ boxes, pairs }) => ({
    boxes: boxes.map((one, index): Box => ({ id: `n${index}`, width: 232, ...one })),
    wires: pairs
      .filter(([a, b]) => a !== b)
      .map(([a, b]) => ({ from: `n${Math.min(a, b)}`, to: `n${Math.max(a, b)}` })),
  }));

describe("tidying up", () => {
  test("no card covers another, every step stands right of what feeds it, and the corner stays", () => {
    fc.assert(
      fc.property(pipelines, ({ boxes, wires }) => {
        const positions = tidyUp(boxes, wires);
        const moved = boxes.map((one) => ({ ...one, ...positions[one.id] }));
        expect(Object.keys(positions)).toHaveLength(boxes.length);
        for (const [index, a] of moved.entries())
          for (const b of moved.slice(index + 1)) {
            const apart =
              a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
            expect(apart, `${a.id} and ${b.id}`).toBe(true);
          }
        const at = new Map(moved.map((one) => [one.id, one]));
        for (const { from, to } of wires) expect(at.get(to)?.x).toBeGreaterThanOrEqual((at.get(from)?.x ?? 0) + 232);
        // To the grid's half.
        expect(
          Math.abs(Math.min(...moved.map(({ x }) => x)) - Math.min(...boxes.map(({ x }) => x))),
        ).toBeLessThanOrEqual(2);
        expect(
          Math.abs(Math.min(...moved.map(({ y }) => y)) - Math.min(...boxes.map(({ y }) => y))),
        ).toBeLessThanOrEqual(2);
      }),
      { numRuns: 60 },
    );
  });

  test("wires to cards that are not laid out are left out of account", () => {
    const boxes: Box[] = [{ id: "a", x: 10, y: 10, width: 232, height: 80 }];
    expect(tidyUp(boxes, [{ from: "a", to: "elsewhere" }])).toEqual({ a: { x: 12, y: 12 } });
    expect(tidyUp([], [])).toEqual({});
  });
});
