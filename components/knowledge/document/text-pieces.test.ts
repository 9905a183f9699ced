import fc from "fast-check";
import { expect, test } from "vitest";
import { partOf, partRange, pieceCount, pieceSize, piecesIn, piecesOfPart, reach } from "./text-pieces";

const allPieces = (text: string) => {
  const parts = partOf(pieceCount(text.length) - 1) + 1;
  return Array.from({ length: parts }, (_, part) => {
    const { from, to } = partRange(part, text.length);
    return piecesIn(part, text.slice(from, to), text.length);
  }).flat();
};

/** Lines of many lengths, some longer than the reach, with characters of two code units. */
const document = fc
  .array(fc.tuple(fc.constantFrom("word ", "电机", "🔧", "x"), fc.integer({ min: 0, max: 900 })), { maxLength: 120 })
  .map((lines) => lines.map(([unit, count]) => unit.repeat(count)).join("\n"));

test("the pieces joined are the document, and each begins where the one before ended", () => {
  fc.assert(
    fc.property(document, (text) => {
      const pieces = allPieces(text);
      expect(pieces).toHaveLength(pieceCount(text.length));
      expect(pieces.map((piece) => piece.text).join("")).toBe(text);
      pieces.forEach((piece, index) => {
        expect(piece.end - piece.start).toBe(piece.text.length);
        expect(piece.start).toBe(index === 0 ? 0 : pieces[index - 1]?.end);
      });
    }),
    { numRuns: 60 },
  );
});

test("no character of two units is halved, and a line is cut only when it is longer than the reach", () => {
  fc.assert(
    fc.property(document, (text) => {
      for (const { start, text: shown } of allPieces(text).slice(1)) {
        expect(/^[\udc00-\udfff]/.test(shown)).toBe(false);
        if (text[start - 1] !== "\n" && shown !== "") {
          const lineEnd = text.indexOf("\n", start);
          expect((lineEnd === -1 ? text.length : lineEnd) - start).toBeGreaterThan(reach - 3);
        }
      }
    }),
    { numRuns: 60 },
  );
});

test("a part asks for no more than the app gives at once", () => {
  const { from, to } = partRange(3, 20_000_000);
  expect(from).toBe(3 * piecesOfPart * pieceSize);
  expect(to - from).toBeLessThanOrEqual(100_000);
});

test("an empty document is one empty piece", () => {
  expect(allPieces("")).toEqual([{ start: 0, end: 0, text: "" }]);
});
