import { describe, expect, it } from "vitest";
import { type PlacedText, readingOrder } from "./reading-order";

const at = (text: string, left: number, top: number, width = 200, height = 20): PlacedText => ({
  text,
  left,
  top,
  right: left + width,
  bottom: top + height,
});

describe("readingOrder", () => {
  it("joins pieces in one row from left to right, whatever order they were found in", () => {
    expect(readingOrder([at("$49", 400, 12, 60), at("total", 10, 110), at("kettle", 10, 10)])).toEqual([
      "kettle $49",
      "total",
    ]);
  });

  it("reads columns of text one after the other below their common heading", () => {
    const column = (name: string, left: number) =>
      [0, 1, 2, 3].map((line) => at(`${name}${line}`, left, 100 + line * 26));
    expect(readingOrder([...column("right", 400), ...column("left", 10), at("heading", 10, 10, 590)])).toEqual([
      "heading",
      "left0",
      "left1",
      "left2",
      "left3",
      "right0",
      "right1",
      "right2",
      "right3",
    ]);
  });

  it("has nothing to read where there is nothing", () => {
    expect(readingOrder([])).toEqual([]);
  });
});
