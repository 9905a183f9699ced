import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { normalQuantile } from "./normal";
import { bestSplit, errorOfSplit, varianceParts } from "./variance-parts";

describe("what makes differences vary", () => {
  it("worked out by hand", () => {
    // Rows of two repeats: means 1, 3 and 2, 2; differences -1 and 1; variances among repeats 2, 2 and 0, 2.
    const parts = varianceParts(
      [
        [0, 2],
        [2, 4],
      ],
      [
        [2, 2],
        [1, 3],
      ],
    );
    expect(parts?.within).toBeCloseTo(2 + 1, 12);
    expect(parts?.between).toBeCloseTo(2 - 3 / 2, 12);
    expect(varianceParts([[1, 2]], [[1, 2]])).toBeNull();
    expect(varianceParts([[1], [2]], [[1], [2]])).toBeNull();
  });

  it("is found again in what was drawn with it", () => {
    const random = seededRandom(4);
    const normal = (deviation: number) => deviation * normalQuantile(random());
    const rows = Array.from({ length: 4_000 }, () => normal(0.3));
    const repeats = (shift: number) => Array.from({ length: 3 }, () => shift + normal(0.4));
    const parts = varianceParts(
      rows.map((shift) => repeats(shift)),
      rows.map(() => repeats(0)),
    );
    expect(parts?.between).toBeCloseTo(0.09, 2);
    expect(parts?.within).toBeCloseTo(0.32, 1);
  });

  it("is best told by as many rows as there are, and repeats for what is left", () => {
    const parts = { between: 0.1, within: 0.3 };
    expect(bestSplit(parts, { answers: 400, available: 1_000, mostRepeats: 20 })).toMatchObject({
      rows: 400,
      repeats: 1,
    });
    expect(bestSplit(parts, { answers: 400, available: 100, mostRepeats: 20 })).toMatchObject({
      rows: 100,
      repeats: 4,
    });
    expect(bestSplit(parts, { answers: 400, available: 5, mostRepeats: 20 })).toMatchObject({ rows: 5, repeats: 20 });
    expect(bestSplit(parts, { answers: 0, available: 5, mostRepeats: 20 })).toMatchObject({ rows: 1, repeats: 1 });
    expect(errorOfSplit(parts, 100, 3)).toBeCloseTo(Math.sqrt(0.2 / 100), 12);
  });
});
