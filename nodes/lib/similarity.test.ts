import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { byMean, byNearest, softmax, unit } from "./similarity";

const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 });
const labels = fc.uniqueArray(
  fc.record({ name: fc.string({ minLength: 1 }), vectors: fc.array(vector, { minLength: 1, maxLength: 4 }) }),
  { selector: ({ name }) => name, minLength: 2, maxLength: 5 },
);

describe("classification by vectors", () => {
  it("gives shares that sum to 1, best first, whatever the vectors", () => {
    fc.assert(
      fc.property(vector, labels, fc.integer({ min: 1, max: 9 }), (text, known, count) => {
        for (const ranked of [byMean(text, known, 0.05), byNearest(text, known, 0.05, count)]) {
          const confidences = ranked.map(({ confidence }) => confidence);
          expect(ranked.map(({ name }) => name).sort()).toEqual(known.map(({ name }) => name).sort());
          expect(confidences.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 6);
          expect(confidences).toEqual([...confidences].sort((left, right) => right - left));
        }
      }),
    );
  });

  it("does not mind the length of a vector", () => {
    const known = [
      { name: "a", vectors: [[1, 0]] },
      { name: "b", vectors: [[0, 1]] },
    ];
    const [long, short] = [byMean([5, 4], known, 0.1), byMean(unit([5, 4]), known, 0.1)];
    expect(long[0]?.name).toBe(short[0]?.name);
    expect(long[0]?.confidence).toBeCloseTo(short[0]?.confidence ?? 0, 9);
  });

  it("lets one near example outvote a far mean", () => {
    const known = [
      {
        name: "a",
        vectors: [
          [1, 0],
          [-1, 0.2],
        ],
      },
      { name: "b", vectors: [[0.7, 0.7]] },
    ];
    expect(byNearest([1, 0], known, 0.05, 1)[0]?.name).toBe("a");
    expect(byMean([1, 0], known, 0.05)[0]?.name).toBe("b");
  });

  it("keeps softmax finite where differences are huge", () => {
    expect(softmax([1000, -1000], 0.01)).toEqual([1, 0]);
  });
});
