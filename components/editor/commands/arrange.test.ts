import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { align, type Box, distribute, edges } from "./arrange";

const box = (id: string, x: number, y: number, width = 100, height = 50): Box => ({ id, x, y, width, height });
const boxesOf = (least: number) =>
  fc
    .array(
      fc.record({
        x: fc.integer({ min: -5000, max: 5000 }),
        y: fc.integer({ min: -5000, max: 5000 }),
        width: fc.integer({ min: 1, max: 400 }),
        height: fc.integer({ min: 1, max: 400 }),
      }),
      { minLength: least, maxLength: 30 },
    )
    .map((all) => all.map((one, index): Box => ({ id: `n${index}`, ...one })));

describe("aligning", () => {
  test("puts cards on the outermost edge or the common middle", () => {
    const boxes = [box("a", 0, 0), box("b", 40, 200, 60, 100)];
    expect(align(boxes, "left")).toEqual({ a: { x: 0, y: 0 }, b: { x: 0, y: 200 } });
    expect(align(boxes, "right")).toEqual({ a: { x: 0, y: 0 }, b: { x: 40, y: 200 } });
    expect(align(boxes, "centre")).toEqual({ a: { x: 0, y: 0 }, b: { x: 20, y: 200 } });
    expect(align(boxes, "top")).toEqual({ a: { x: 0, y: 0 }, b: { x: 40, y: 0 } });
    expect(align(boxes, "bottom")).toEqual({ a: { x: 0, y: 250 }, b: { x: 40, y: 200 } });
    expect(align(boxes, "middle")).toEqual({ a: { x: 0, y: 125 }, b: { x: 40, y: 100 } });
  });

  test("moves along one axis only, stays within what the cards covered, and does nothing the second time", () => {
    fc.assert(
      fc.property(boxesOf(1), fc.constantFrom(...edges), (boxes, edge) => {
        const once = align(boxes, edge);
        const moved = boxes.map((one) => ({ ...one, ...once[one.id] }));
        const across = edge === "left" || edge === "centre" || edge === "right";
        for (const [index, one] of moved.entries())
          expect(across ? one.y : one.x).toBe(across ? boxes[index]?.y : boxes[index]?.x);
        expect(Math.min(...moved.map(({ x }) => x))).toBeGreaterThanOrEqual(Math.min(...boxes.map(({ x }) => x)));
        if (edge === "left" || edge === "top" || edge === "right" || edge === "bottom")
          expect(align(moved, edge)).toEqual(once);
      }),
    );
  });
});

describe("distributing", () => {
  test("leaves the same gap between all, however large they are", () => {
    const boxes = [box("a", 0, 0), box("c", 500, 30), box("b", 110, 10, 200)];
    expect(distribute(boxes, "horizontally")).toEqual({
      a: { x: 0, y: 0 },
      b: { x: 200, y: 10 },
      c: { x: 500, y: 30 },
    });
  });

  test("keeps the order and the outermost edges, with gaps that differ by rounding alone", () => {
    fc.assert(
      fc.property(boxesOf(3), fc.constantFrom("horizontally" as const, "vertically" as const), (boxes, direction) => {
        const across = direction === "horizontally";
        const start = (one: Box) => (across ? one.x : one.y);
        const end = (one: Box) => start(one) + (across ? one.width : one.height);
        const spaced = distribute(boxes, direction);
        const order = [...boxes].sort((a, b) => start(a) - start(b) || (a.id < b.id ? -1 : 1));
        const moved = order.map((one) => ({ ...one, ...spaced[one.id] }));
        const gaps = moved.slice(1).map((one, index) => start(one) - end(moved[index] as Box));
        expect(Math.max(...gaps) - Math.min(...gaps)).toBeLessThanOrEqual(1);
        expect(start(moved[0] as Box)).toBe(Math.min(...boxes.map(start)));
        expect(Math.abs(end(moved.at(-1) as Box) - Math.max(...boxes.map(end)))).toBeLessThanOrEqual(1);
      }),
    );
  });

  test("leaves two where they are", () => {
    expect(distribute([box("a", 0, 0), box("b", 900, 7)], "vertically")).toEqual({
      a: { x: 0, y: 0 },
      b: { x: 900, y: 7 },
    });
  });
});
