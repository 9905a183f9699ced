import { describe, expect, it } from "vitest";
import { shorten, valueText } from "./value-text";

describe("valueText", () => {
  it("keeps text and writes out everything else", () => {
    expect(valueText("a\nb")).toBe("a\nb");
    expect(valueText({ a: 1 })).toBe('{\n  "a": 1\n}');
    expect(valueText(undefined)).toBe("");
  });
});

describe("shorten", () => {
  it("leaves short text alone and never cuts a character in two", () => {
    expect(shorten("abc", 3)).toBe("abc");
    expect(shorten("abcd", 3)).toBe("abc…");
    expect(shorten("ab😀d", 3)).toBe("ab…");
  });
});
