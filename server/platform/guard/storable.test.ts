import { describe, expect, it } from "vitest";
import { isStorable, isStorableText, lineOfText } from "./storable";

describe("isStorableText", () => {
  it.each(["", "text", "中文", "👩‍💻", "\\u0000"])("takes %j", (text) => expect(isStorableText(text)).toBe(true));
  it.each(["\u0000", "a\u0000b", "\ud83d", "\udc69x", "\ud83d\ud83d"])("refuses %j", (text) => {
    expect(isStorableText(text)).toBe(false);
  });
});

describe("isStorable", () => {
  it("looks into values and keys at every depth", () => {
    expect(isStorable({ a: [{ b: "x", c: 1, d: null }] })).toBe(true);
    expect(isStorable({ a: [{ b: "\u0000" }] })).toBe(false);
    expect(isStorable({ a: [{ "\ud800": 1 }] })).toBe(false);
  });
});

describe("lineOfText", () => {
  const name = lineOfText(5);
  it.each(["a\u2028b", "a\u2029b", "a\nb"])("refuses what ends a line in a program: %j", (text) =>
    expect(name.safeParse(text).success).toBe(false),
  );
  it("trims", () => expect(name.parse("  ab ")).toBe("ab"));
  it.each(["", "   ", "abcdef", "a\nb", "a\u0000"])("refuses %j", (text) => {
    expect(name.safeParse(text).success).toBe(false);
  });
});
