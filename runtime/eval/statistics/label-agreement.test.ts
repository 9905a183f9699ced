import { describe, expect, it } from "vitest";
import { cohenKappa, type Rated } from "./cohen-kappa";
import { fleissKappa } from "./fleiss-kappa";
import { krippendorffAlpha } from "./krippendorff-alpha";

const table = (counts: readonly (readonly number[])[]): Rated[] =>
  counts.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, (): Rated => [first, second])),
  );

describe("Cohen's kappa", () => {
  it("is 0.4 for 20, 5, 10 and 15 grant decisions", () => {
    // po = 35/50, pe = 0.5
    expect(
      cohenKappa(
        table([
          [20, 5],
          [10, 15],
        ]),
        2,
      ),
    ).toBeCloseTo(0.4, 12);
  });
  it("weighs near misses less, as worked out by hand", () => {
    // Quadratic costs over three ordered categories: seen (1 + 2) / 4 / 10, expected by the margins.
    const pairs = table([
      [3, 1, 0],
      [0, 2, 2],
      [0, 0, 2],
    ]);
    const [rows, columns] = [
      [4, 4, 2],
      [3, 3, 4],
    ];
    let expected = 0;
    for (const [i, row] of rows.entries())
      for (const [j, column] of columns.entries()) expected += (((i - j) / 2) ** 2 * row * column) / 100;
    expect(cohenKappa(pairs, 3, "quadratic")).toBeCloseTo(1 - 0.075 / expected, 12);
  });
  it("is nothing where only one category was ever used", () => {
    expect(
      cohenKappa(
        [
          [0, 0],
          [0, 0],
        ],
        2,
      ),
    ).toBeNull();
  });
});

it("Fleiss' kappa of fourteen raters and ten subjects is 0.210", () => {
  const counts = [
    [0, 0, 0, 0, 14],
    [0, 2, 6, 4, 2],
    [0, 0, 3, 5, 6],
    [0, 3, 9, 2, 0],
    [2, 2, 8, 1, 1],
    [7, 7, 0, 0, 0],
    [3, 2, 6, 3, 0],
    [2, 5, 3, 2, 2],
    [6, 5, 2, 1, 0],
    [0, 2, 2, 3, 7],
  ];
  expect(fleissKappa(counts)).toBeCloseTo(0.20993070442195522, 12);
});

describe("Krippendorff's alpha of the four coders of his example", () => {
  // Krippendorff 2011, section D: twelve units, labels missing.
  const coders = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
    [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
  ];
  const units = Array.from({ length: 12 }, (_, unit) => coders.flatMap((labels) => labels[unit] ?? []));
  it.each([
    ["nominal", 0.743],
    ["ordinal", 0.815],
    ["interval", 0.849],
  ] as const)("is as published for %s labels", (scale, published) => {
    expect(krippendorffAlpha(units, scale)).toBeCloseTo(published, 3);
  });
});
