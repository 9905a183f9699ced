import { describe, expect, it } from "vitest";
import { judgeAgreement } from "./judge-agreement";
import { lengthLean, sideLean, variantLeans } from "./judge-leans";

const pairs = (count: number, of: (place: number) => readonly [number, number]) =>
  Array.from({ length: count }, (_, place) => of(place));
const rows = (count: number, each = 1) => Array.from({ length: count }, (_, place) => Math.floor(place / each));

describe("a judge that may count", () => {
  it("surely agrees with people", () => {
    const good = judgeAgreement(
      pairs(40, (place) => [place % 5, place % 9 === 0 ? (place + 1) % 5 : place % 5]),
      rows(40),
      5,
      "quadratic",
    );
    expect(good).toMatchObject({ acceptable: true, labelled: 40 });
  });

  it.each([
    ["people contradict it", pairs(60, (place) => [place % 2, place % 7 < 4 ? place % 2 : 1 - (place % 2)])],
    ["there are too few labels", pairs(12, (place) => [place % 2, place % 2])],
    ["all labels are the same", pairs(60, () => [1, 1])],
  ])("is none where %s", (_, given) => {
    expect(judgeAgreement(given, rows(given.length), 2, "none").acceptable).toBe(false);
  });

  it("is not sure because so few labels happen to agree, nor because a row was answered often", () => {
    const all = judgeAgreement(
      pairs(20, (place) => [place % 2, place % 2]),
      rows(20),
      2,
      "none",
    );
    expect(all.kappa).toBe(1);
    expect(all.low).toBeLessThan(0.75);
    const few = judgeAgreement(
      pairs(20, (place) => [place % 2, place % 2]),
      rows(20, 5),
      2,
      "none",
    );
    expect(few.acceptable).toBe(false);
  });
});

describe("which way a judge leans", () => {
  const judged = Array.from({ length: 60 }, (_, place) => ({
    row: place,
    variant: place % 2,
    people: 0.5,
    judge: 0.5 + (place % 2) * 0.1 + (place % 3) / 1_000,
    length: 100 * 2 ** (place % 4),
  }));
  it("by variant, length and side", () => {
    const [first, second] = variantLeans(judged, 2);
    expect(first?.value).toBeCloseTo(0.001, 3);
    expect(second?.value).toBeCloseTo(0.101, 3);
    expect(second?.low).toBeGreaterThan(0.09);
    const longer = judged.map((each) => ({ ...each, judge: 0.05 * Math.log2(each.length) + (each.row % 3) / 1_000 }));
    expect(lengthLean(longer)?.value).toBeCloseTo(0.05, 3);
    expect(lengthLean(judged.map((each) => ({ ...each, length: 10 })))).toBeNull();
    expect(sideLean(rows(30).map((row) => ({ row, side: row % 3 === 0 ? 0 : 1 })))?.value).toBeCloseTo(2 / 3, 12);
    expect(sideLean([{ row: 0, side: null }])).toBeNull();
  });
  it("says no interval of few labels", () => {
    expect(variantLeans(judged.slice(0, 6), 2)[0]).toMatchObject({ low: null, high: null, of: 3 });
  });
});
