import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bm25Bound, bm25Term, inverseDocumentFrequency } from "./bm25";

describe("BM25", () => {
  it("weighs a rare word more than a common one, and no word less than nothing", () => {
    expect(inverseDocumentFrequency(1, 1000)).toBeGreaterThan(inverseDocumentFrequency(500, 1000));
    expect(inverseDocumentFrequency(1000, 1000)).toBeGreaterThan(0);
    // Counts may lag behind the passages for a moment.
    expect(inverseDocumentFrequency(12, 10)).toBeGreaterThan(0);
  });

  it("gives the textbook's value", () => {
    // idf 2, three times in a passage of twice the mean length: 2 * 3 * 2.2 / (3 + 1.2 * (0.25 + 0.75 * 2)).
    expect(bm25Term(2, 3, 200, 100)).toBeCloseTo(13.2 / 5.1, 12);
  });

  it("grows with frequency, falls with length, and stays below the bound", () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.01, max: 12, noNaN: true }),
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 1, max: 5000 }),
        (idf, frequency, length) => {
          const score = bm25Term(idf, frequency, length, 100);
          expect(score).toBeLessThan(bm25Bound([idf]));
          expect(bm25Term(idf, frequency + 1, length, 100)).toBeGreaterThan(score);
          expect(bm25Term(idf, frequency, length + 1, 100)).toBeLessThan(score);
        },
      ),
    );
  });
});
