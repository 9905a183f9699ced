import fc from "fast-check";
import { expect, it } from "vitest";
import { piecesOf, sentencesOf } from "./pieces";

const texts = fc
  .array(fc.constantFrom("word ", "句子。", "End. ", "\n", "👍", "   ", "x".repeat(30)), { maxLength: 30 })
  .map((all) => all.join(""));

it("pieces hold all that is not blank, in order, where they say, and none is too long", () => {
  fc.assert(
    fc.property(texts, fc.integer({ min: 2, max: 40 }), fc.boolean(), (text, most, sentences) => {
      const pieces = sentences ? sentencesOf(text, most) : piecesOf(text, most);
      let from = 0;
      for (const { text: piece, start, end } of pieces) {
        expect(text.slice(from, start).trim()).toBe("");
        expect(text.slice(start, end)).toBe(piece);
        expect(piece.length).toBeLessThanOrEqual(most);
        expect(piece.isWellFormed()).toBe(true);
        from = end;
      }
      expect(text.slice(from).trim()).toBe("");
    }),
  );
});

it("a long text is cut behind a sentence where there is one", () => {
  expect(piecesOf("One two. Three four five.", 12).map(({ text }) => text)).toEqual([
    "One two.",
    " Three four ",
    "five.",
  ]);
  expect(sentencesOf("你好。再见！ok? yes", 100).map(({ text }) => text)).toEqual(["你好。", "再见！", "ok?", " yes"]);
});
