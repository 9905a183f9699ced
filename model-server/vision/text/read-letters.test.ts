import { describe, expect, it } from "vitest";
import { readLetters } from "./read-letters";

/** Columns: nothing new, a, b, 你, space. */
const letters = ["a", "b", "你", " "];
const read = (...steps: number[][]) => readLetters(Float32Array.from(steps.flat()), letters);
const sure = (index: number) => [0, 1, 2, 3, 4].map((at) => (at === index ? 1 : 0));

describe("readLetters", () => {
  it("joins a letter that lasts and keeps one that comes again", () => {
    expect(read(sure(1), sure(1), sure(0), sure(1), sure(2))).toEqual({ text: "aab", confidence: 1 });
  });

  it("puts a space where a trace of one is, between Latin letters only", () => {
    const trace = [0.9, 0, 0, 0, 0.1];
    expect(read(sure(1), trace, sure(2)).text).toBe("a b");
    expect(read(sure(1), sure(0), sure(2)).text).toBe("ab");
    expect(read(sure(3), trace, sure(2)).text).toBe("你b");
  });

  it("is not sure of nothing", () => {
    expect(read(sure(0))).toEqual({ text: "", confidence: 0 });
  });
});
