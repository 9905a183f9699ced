import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { endOfText } from "./end-of-text";

describe("endOfText", () => {
  it("finds the end of any text as JSON writes it, wherever it stands", () => {
    const piece = fc.constantFrom('"', "\\", "a", "字", "\n");
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        fc.string(),
        (text, behind) => {
          const written = JSON.stringify(text);
          expect(endOfText(`[${written}${behind}`, 1)).toBe(written.length);
        },
      ),
    );
  });

  it("says the length where a text never ends", () => {
    expect(endOfText('"a\\"', 0)).toBe(4);
    expect(endOfText('"', 0)).toBe(1);
  });

  it("takes a text of nothing but escapes in one pass", () => {
    const text = `"${'\\"'.repeat(1_000_000)}"`;
    expect(endOfText(text, 0)).toBe(text.length - 1);
  });
});
