import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fuseRanks, type RankedPassage } from "./fuse-ranks";

const list = (...entries: readonly (readonly [string, number])[]): RankedPassage[] =>
  entries.map(([id, score]) => ({ id, score }));
const ids = (fused: readonly { readonly id: string }[]) => fused.map(({ id }) => id);

const lists = fc
  .array(
    fc.uniqueArray(fc.record({ id: fc.stringMatching(/^[a-h]$/), score: fc.double({ min: 0, max: 1, noNaN: true }) }), {
      selector: ({ id }) => id,
    }),
    { minLength: 1, maxLength: 3 },
  )
  .map((all) => all.map((each) => each.toSorted((left, right) => right.score - left.score)));

describe("fusing by reciprocal rank", () => {
  it("gives the sums of the paper when every place counts alike", () => {
    const [first, second] = fuseRanks([list(["a", 0.9], ["b", 0.1]), list(["b", 0.5])], { votes: "even" });
    expect(first).toEqual({ id: "b", score: (1 / 62 + 1 / 61) / (2 / 61), ranks: [2, 1] });
    expect(second).toEqual({ id: "a", score: 0.5, ranks: [1, null] });
  });

  it("lets a way that is sure outweigh one that hardly tells its places apart", () => {
    const sure = list(["a", 0.9], ["b", 0.1]);
    const unsure = list(["b", 0.5], ["a", 0.49]);
    expect(ids(fuseRanks([sure, unsure]))).toEqual(["a", "b"]);
    expect(ids(fuseRanks([unsure, sure]))).toEqual(["a", "b"]);
  });

  it("keeps every passage once, with its ranks, best first, between 0 and 1", () => {
    fc.assert(
      fc.property(lists, fc.constantFrom("even" as const, "by-score" as const), (all, votes) => {
        const fused = fuseRanks(all, { votes });
        expect(ids(fused).toSorted()).toEqual([...new Set(all.flat().map(({ id }) => id))].toSorted());
        for (const { id, score, ranks } of fused) {
          expect(ranks).toEqual(all.map((each) => each.findIndex((passage) => passage.id === id) + 1 || null));
          expect(score).toBeGreaterThanOrEqual(0);
          expect(score).toBeLessThanOrEqual(1 + 1e-12);
        }
        expect(fused.map(({ score }) => score)).toEqual(fused.map(({ score }) => score).toSorted((a, b) => b - a));
      }),
    );
  });

  it("keeps the order of a single list, and finds nothing in none", () => {
    fc.assert(
      fc.property(lists, ([only = []]) => {
        expect(ids(fuseRanks([only], { votes: "even" }))).toEqual(ids(only));
      }),
    );
    expect(fuseRanks([])).toEqual([]);
  });
});
