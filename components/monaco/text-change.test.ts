import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { textChange } from "./text-change";

const apply = (before: string, change: ReturnType<typeof textChange>): string =>
  change ? before.slice(0, change.start) + change.text + before.slice(change.end) : before;

describe("textChange", () => {
  it("turns any text into any other", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (before, after) => {
        expect(apply(before, textChange(before, after))).toBe(after);
      }),
    );
  });
  it("touches only what differs", () => {
    expect(textChange("say hello now", "say hullo now")).toEqual({ start: 5, end: 6, text: "u" });
    expect(textChange("aa", "aaa")).toEqual({ start: 2, end: 2, text: "a" });
  });
  it("is nothing for equal texts", () => {
    expect(textChange("same", "same")).toBeNull();
  });
});
