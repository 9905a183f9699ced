import { describe, expect, it } from "vitest";
import { decodeBox, overlap, withoutDoubles } from "./boxes";

const box = (left: number, top: number, right: number, bottom: number) => ({ left, top, right, bottom });

describe("boxes", () => {
  it("are their anchor where nothing is predicted, and move by tenths of its size", () => {
    const anchors = Float32Array.of(0.2, 0.4, 0.4, 0.8);
    const at = (...offsets: number[]) => decodeBox(Float32Array.from(offsets), anchors, 0);
    expect(at(0, 0, 0, 0).left).toBeCloseTo(0.4);
    expect(at(0, 0, 0, 0).bottom).toBeCloseTo(0.4);
    expect(at(5, 0, 0, 0).top).toBeCloseTo(0.3);
    expect(at(0, 0, 0, 5 * Math.log(2)).right).toBeCloseTo(1);
  });

  it("share the part that both cover", () => {
    expect(overlap(box(0, 0, 1, 1), box(0, 0, 1, 1))).toBe(1);
    expect(overlap(box(0, 0, 0.5, 1), box(0.5, 0, 1, 1))).toBe(0);
    expect(overlap(box(0, 0, 1, 1), box(0, 0, 0.5, 1))).toBeCloseTo(0.5);
  });

  it("of one thing are found once, of different things each", () => {
    const found = [
      { name: "cup", score: 0.6, box: box(0, 0, 0.5, 0.5) },
      { name: "cup", score: 0.9, box: box(0.01, 0, 0.5, 0.5) },
      { name: "bottle", score: 0.7, box: box(0, 0, 0.5, 0.5) },
      { name: "cup", score: 0.8, box: box(0.6, 0.6, 0.9, 0.9) },
    ];
    expect(withoutDoubles(found).map(({ name, score }) => [name, score])).toEqual([
      ["cup", 0.9],
      ["cup", 0.8],
      ["bottle", 0.7],
    ]);
  });
});
