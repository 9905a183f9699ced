import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Box, indexBoxes, laneFor, lanePath } from "./wire-route";

const box = (id: string, x: number, y: number): Box => ({ id, x, y, width: 232, height: 100 });
const source = { node: "a", x: 0, y: 50 };
const target = { node: "b", x: 900, y: 50 };

describe("laneFor", () => {
  it("lets a wire go straight where no card is in its way", () => {
    expect(laneFor(indexBoxes([box("c", 300, 200)]), source, target)).toBeNull();
    expect(laneFor(indexBoxes([box("a", -232, 0), box("b", 900, 0)]), source, target)).toBeNull();
  });

  it("goes over a card or under it, whichever is shorter, and spans the card", () => {
    expect(laneFor(indexBoxes([box("c", 300, 0)]), source, target)).toMatchObject({ from: 300, to: 532 });
    expect(laneFor(indexBoxes([box("c", 300, 0)]), source, target)?.y).toBeLessThan(0);
    const under = laneFor(indexBoxes([box("c", 300, -45)]), source, { ...target, y: 30 });
    expect(under?.y).toBeGreaterThan(40);
  });

  it("passes a card that stands in the lane too", () => {
    const lane = laneFor(indexBoxes([box("c", 300, 0), box("d", 310, -110)]), source, target);
    expect(lane && (lane.y < -110 || lane.y > 100)).toBe(true);
  });

  it("lays wires of different ports beside each other", () => {
    const lanes = ["a", "b", "c"].map((port) => laneFor(indexBoxes([box("c", 300, 0)]), source, target, port)?.y);
    expect(new Set(lanes).size).toBe(3);
  });

  it("leaves backward wires and walls of cards alone", () => {
    expect(laneFor(indexBoxes([box("c", 300, 0)]), target, source)).toBeNull();
    const wall = Array.from({ length: 30 }, (_, row) => box(`c${row}`, 300, (row - 15) * 110));
    expect(laneFor(indexBoxes(wall), source, target)).toBeNull();
  });

  it("never lays a lane through a card between the ends", () => {
    const place = fc.record({ x: fc.integer({ min: 40, max: 600 }), y: fc.integer({ min: -300, max: 300 }) });
    fc.assert(
      fc.property(fc.array(place, { maxLength: 8 }), (places) => {
        const boxes = places.map(({ x, y }, at) => box(`c${at}`, x, y));
        const lane = laneFor(indexBoxes(boxes), source, target);
        if (!lane) return;
        for (const { x, y } of boxes)
          expect(x < lane.to && x + 232 > lane.from && lane.y > y && lane.y < y + 100).toBe(false);
      }),
    );
  });
});

describe("lanePath", () => {
  it("begins and ends at the ports", () => {
    const path = lanePath(source, target, { y: -14, from: 300, to: 532 });
    expect(path.startsWith("M0,50 ")).toBe(true);
    expect(path.endsWith(" 900,50")).toBe(true);
  });
});
