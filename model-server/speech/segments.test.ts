import { describe, expect, it } from "vitest";
import { joinSegments, readSegments } from "./segments";

const FIRST = 1000;
const read = (tokens: number[], start = 0, end = 30) =>
  readSegments(tokens, { firstTime: FIRST, window: { start, end }, decode: (words) => words.join(" ") });

describe("readSegments", () => {
  it("cuts at the times and counts them from the beginning of the recording", () => {
    expect(read([FIRST, 1, 2, FIRST + 50, FIRST + 50, 3, FIRST + 100], 60, 90)).toEqual([
      { start: 60, end: 61, text: "1 2" },
      { start: 61, end: 62, text: "3" },
    ]);
  });

  it("lets words without a last time go on to the window's end, and never beyond", () => {
    expect(read([FIRST, 1], 0, 4)).toEqual([{ start: 0, end: 4, text: "1" }]);
    expect(read([FIRST, 1, FIRST + 900], 0, 4)).toEqual([{ start: 0, end: 4, text: "1" }]);
    expect(read([])).toEqual([]);
  });
});

describe("joinSegments", () => {
  it("puts spaces between English sentences and none between Chinese ones", () => {
    const join = (...texts: string[]) => joinSegments(texts.map((text) => ({ start: 0, end: 0, text })));
    expect(join("Hello.", "There.")).toBe("Hello. There.");
    expect(join("你好，", "世界。")).toBe("你好，世界。");
    expect(join()).toBe("");
  });
});
