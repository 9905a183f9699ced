import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meanScores, ndcgAtK, recallAtK, reciprocalRank } from "./retrieval-metrics";

describe("measures of a ranking", () => {
  it.each([
    [[true, false], 1, 1, 1],
    [[false, true], 1, 0, 0.5],
    [[false, true], 2, 1, 0.5],
    [[false, false, true], 3, 1, 1 / 3],
    [[false], 1, 0, 0],
    [[], 5, 0, 0],
  ])("of %j at %i: recall %d, reciprocal rank %d", (relevant, k, recall, reciprocal) => {
    expect(recallAtK(relevant, k)).toBe(recall);
    expect(reciprocalRank(relevant)).toBe(reciprocal);
  });

  it("discounts by the logarithm of the rank, against the best there could be", () => {
    // Worked by hand: (1/log2(2) + 1/log2(4)) / (1/log2(2) + 1/log2(3)).
    expect(ndcgAtK([true, false, true], 3, 2)).toBeCloseTo(1.5 / (1 + 1 / Math.log2(3)), 12);
    expect(ndcgAtK([true, true], 2, 2)).toBe(1);
    expect(ndcgAtK([true], 1, 5)).toBe(1);
    expect(ndcgAtK([], 5, 0)).toBe(0);
  });

  it("never gets worse when a right passage moves up, and stays between 0 and 1", () => {
    fc.assert(
      fc.property(fc.array(fc.boolean(), { maxLength: 12 }), fc.integer({ min: 1, max: 12 }), (relevant, k) => {
        const total = relevant.filter(Boolean).length;
        const sorted = relevant.toSorted((left, right) => Number(right) - Number(left));
        for (const measure of [
          (places: readonly boolean[]) => recallAtK(places, k),
          reciprocalRank,
          (places: readonly boolean[]) => ndcgAtK(places, k, total),
        ]) {
          expect(measure(relevant)).toBeGreaterThanOrEqual(0);
          expect(measure(sorted)).toBeLessThanOrEqual(1);
          expect(measure(sorted)).toBeGreaterThanOrEqual(measure(relevant));
        }
      }),
    );
  });

  it("are averaged over questions", () => {
    const scores = meanScores(
      [
        { relevant: [true], total: 1 },
        { relevant: [false, false], total: 1 },
      ],
      1,
    );
    expect(scores).toEqual({ recallAtK: 0.5, mrr: 0.5, ndcg: 0.5 });
    expect(meanScores([], 3)).toEqual({ recallAtK: 0, mrr: 0, ndcg: 0 });
  });
});
