import { describe, expect, it } from "vitest";
import { textRegions } from "./text-regions";

function map(width: number, height: number, boxes: readonly [number, number, number, number, number][]) {
  const values = new Float32Array(width * height);
  for (const [left, top, right, bottom, value] of boxes)
    for (let y = top; y < bottom; y++) values.fill(value, y * width + left, y * width + right);
  return { width, height, values };
}

describe("textRegions", () => {
  it("gives each line its own region, somewhat larger than what the model drew", () => {
    const regions = textRegions(
      map(200, 100, [
        [20, 10, 120, 20, 0.9],
        [20, 60, 90, 70, 0.8],
      ]),
    );
    expect(regions).toHaveLength(2);
    const [first] = regions;
    expect(first?.centre).toEqual({ x: 70, y: 15 });
    expect(first?.width).toBeGreaterThan(100);
    expect(first?.width).toBeLessThan(130);
  });

  it("leaves out specks and what the model doubts", () => {
    expect(
      textRegions(
        map(100, 50, [
          [5, 5, 7, 7, 0.9],
          [20, 10, 80, 30, 0.4],
        ]),
      ),
    ).toEqual([]);
  });
});
