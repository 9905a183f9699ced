// Values of SciPy 1.10.1 and statsmodels 0.13.5, or of a few lines of Python with their distributions, unless a line says otherwise.
import { describe, expect, it } from "vitest";
import { benjaminiHochberg, holm } from "./adjust";
import { betsOf, bettingBounds } from "./betting";
import { clusterMean } from "./cluster-mean";
import { clusteredSample } from "./clustered-sample";
import { cohenKappa, type Rated } from "./cohen-kappa";
import { mcNemarExact, mcNemarMidP } from "./mcnemar";
import { medianOf } from "./median";
import { newcombePaired } from "./newcombe";
import { normalCdf, normalQuantile } from "./normal";
import { signFlipTest } from "./permutation";
import { detectableMean, rowsForMean, rowsForShares } from "./plan-rows";
import { scaledCounts, scaledInterval } from "./scaled-score";
import { skewedAbove, skewedInterval, skewedTest } from "./skew-adjusted";
import { studentCdf, studentQuantile, twoSidedStudent } from "./student";
import { tangoInterval } from "./tango";
import { wilcoxonSignedRank } from "./wilcoxon";
import { wilson } from "./wilson";

const digits = 9;
const thirty = [
  0.5, -1.2, 2.1, 0.3, 0.3, -0.7, 1.9, 2.4, -0.2, 0.8, 1.1, -1.5, 0.6, 2.2, 0.9, -0.4, 1.3, 0.05, -2.0, 1.7, 0.45, 1.15,
  -0.85, 0.35, 2.6, -1.05, 0.95, 1.45, -0.15, 0.75,
];

describe("distributions", () => {
  it("agree with scipy.stats", () => {
    expect(normalQuantile(0.975)).toBeCloseTo(1.959963984540054, digits);
    expect(normalCdf(-1.3)).toBeCloseTo(0.09680048458561036, digits);
    expect(studentQuantile(0.975, 7.3)).toBeCloseTo(2.345066736150929, digits);
    expect(studentCdf(-2.1, 4.5)).toBeCloseTo(0.04796890848104311, digits);
  });
});

describe("paired differences", () => {
  it("by Student's t", () => {
    const sample = clusteredSample(thirty, new Array(30).fill(1), thirty.keys().toArray?.() ?? [...thirty.keys()]);
    const { mean, error, freedom } = clusterMean(sample);
    expect(mean / error).toBeCloseTo(2.43998700125864, digits);
    expect(twoSidedStudent(mean / error, freedom)).toBeCloseTo(0.021034902014702192, digits);
    expect(mean - studentQuantile(0.975, freedom) * error).toBeCloseTo(0.08520764346930859, digits);
  });
  it("by Wilcoxon's signed ranks, exact and normal", () => {
    // Hollander and Wolfe, example 3.1: the depression of nine patients.
    const patients = [1.83, 0.5, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.3].map(
      (before, index) => before - ([0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29][index] as number),
    );
    expect(wilcoxonSignedRank(patients)).toEqual({ statistic: 40, pValue: 0.0390625 });
    expect(wilcoxonSignedRank(thirty).pValue).toBeCloseTo(0.024303780352412187, digits);
  });
  it("by all sign flips, and by random ones near to that", () => {
    const ten = [0.5, -1.2, 2.1, 0.3, 0.4, -0.7, 1.9, 2.4, -0.2, 0.8];
    expect(signFlipTest(ten)).toBe(0.140625);
    expect(Math.abs(signFlipTest(thirty) - twoSidedStudent(2.43998700125864, 29))).toBeLessThan(0.006);
    expect(signFlipTest(thirty, 5)).toBe(signFlipTest(thirty, 5));
  });
  it("in clusters of different sizes, with the CR2 error", () => {
    const groups = [0, 0, 0, 1, 1, 2, 2, 2, 2, 3, 4, 4, 4, 5, 5];
    const values = [1.2, 0.7, 1.9, -0.3, 0.1, 2.2, 1.4, 0.9, 1.1, 0.4, -1.0, 0.2, -0.5, 1.6, 2.0];
    const { mean, error, freedom, effective } = clusterMean(clusteredSample(values, new Array(15).fill(1), groups));
    expect(mean).toBeCloseTo(0.7933333333333332, digits);
    // The sandwich by matrices, and what it is worth for clusters of one mind: more error, fewer degrees than of independent rows (4.2594).
    expect(error).toBeCloseTo(0.40002629228718767 * 1.0140319864605933, digits);
    expect(freedom).toBeCloseTo(3.394871615349494, digits);
    expect(effective).toBeCloseTo(15 ** 2 / 43, digits);
  });
});

describe("skewed means", () => {
  const rows = thirty.map(Math.exp);
  const mean = clusterMean(clusteredSample(rows, new Array(30).fill(1), [...rows.keys()]));

  it("by Student's t and Hall's cubic, whichever is wider, against a root finder", () => {
    expect(mean.skew).toBeCloseTo(0.30107612154718477, digits);
    expect(skewedInterval(mean, 0.05).low).toBeCloseTo(1.79086371257756, digits);
    expect(skewedInterval(mean, 0.05).high).toBeCloseTo(4.808791048971266, digits);
    expect(skewedAbove(mean, 2)).toBeCloseTo(0.04913066396234356, digits);
    expect(skewedTest(mean)).toBeCloseTo(3.07943496080216e-5, digits);
    // The level of an interval that begins at 2.
    expect(skewedInterval(mean, 2 * 0.04913066396234356).low).toBeCloseTo(2, 7);
  });
  it("by their median, between two of the rows", () => {
    const median = medianOf(Float64Array.from(thirty));
    expect(median.value).toBeCloseTo(0.55, digits);
    expect(median.interval(0.05)).toEqual({ low: 0.05, high: 1.1 });
    expect(medianOf(Float64Array.of(1, 2, 3, 4, 5)).interval(0.05)).toBeNull();
  });
});

describe("bounds by betting, against a root finder", () => {
  it("for rows that are won, lost or drawn", () => {
    const sums = Float64Array.from({ length: 150 }, (_, row) => (row < 40 ? 1 : row < 55 ? -1 : 0));
    const { low, high } = bettingBounds(betsOf(sums, new Float64Array(150).fill(1), 1), { alpha: 0.05, planned: 300 });
    expect(low).toBeCloseTo(0.03264267206077598, digits);
    expect(high).toBeCloseTo(0.29986026836891244, digits);
  });
  it("for groups of different weight", () => {
    const values = [0.5, 0.25, -0.5, 1, 0, 0.75, -0.25, 0.5, 0.5, 0, 0.25, 1];
    const weights = [1, 0.5, 0.25, 0.5, 1, 0.75, 0.5, 1, 0.25, 0.5, 1, 0.5];
    const five = Float64Array.from({ length: 60 }, (_, group) => weights[group % 12] as number);
    const sums = five.map((weight, group) => 8 * weight * (values[group % 12] as number));
    const bets = betsOf(
      sums,
      five.map((weight) => 8 * weight),
      8,
    );
    const { low, high } = bettingBounds(bets, { alpha: 0.05, planned: 80 });
    expect(low).toBeCloseTo(0.1804577751826274, digits);
    expect(high).toBeCloseTo(0.5213710398181427, digits);
  });
});

describe("shares", () => {
  it("by McNemar's test, exact and mid-p", () => {
    expect(mcNemarExact(5, 15)).toBeCloseTo(0.04138946533203125, digits);
    expect(mcNemarMidP(5, 15)).toBeCloseTo(0.026603698730468747, digits);
  });
  it("by Wilson's interval", () => {
    // 81 of 263 is Newcombe's example (1998), there to four digits.
    expect(wilson(81, 263).low).toBeCloseTo(0.2552885198782742, digits);
    expect(wilson(81, 263).high).toBeCloseTo(0.36620957698280004, digits);
    expect(wilson(0, 20).high).toBeCloseTo(0.1611251580528194, digits);
  });
  it("by Tango's score interval, against a root finder", () => {
    expect(tangoInterval(14, 5, 60).low).toBeCloseTo(0.00819908394124783, digits);
    expect(tangoInterval(14, 5, 60).high).toBeCloseTo(0.29123194029743343, digits);
    expect(tangoInterval(1, 0, 30).low).toBeCloseTo(-0.08396383961310107, digits);
    expect(tangoInterval(1, 0, 30).high).toBeCloseTo(0.16670390991409195, digits);
  });
  it("by Tango's interval in units of a move, which for whole moves is Tango's own", () => {
    const moves = Float64Array.from({ length: 60 }, (_, row) => (row < 14 ? 1 : row < 19 ? -1 : 0));
    const sample = (size: number) => ({
      sums: moves.map((move) => size * move),
      weights: new Float64Array(60).fill(1),
      rows: 60,
    });
    expect(scaledInterval(scaledCounts(sample(1)), 0.05).low).toBeCloseTo(0.00819908394124783, digits);
    expect(scaledInterval(scaledCounts(sample(1 / 3)), 0.05).high).toBeCloseTo(0.29123194029743343 / 3, digits);
  });
  it("by Newcombe's paired interval, worked out from its parts", () => {
    const counts = { both: 20, first: 4, second: 12, neither: 14 };
    const [own, other] = [wilson(32, 50), wilson(24, 50)];
    const correlation = Math.max(20 * 14 - 4 * 12 - 25, 0) / Math.sqrt(24 * 26 * 32 * 18);
    const [down, up] = [own.value - own.low, other.high - other.value];
    const interval = newcombePaired(counts);
    expect(interval.low).toBeCloseTo(0.16 - Math.sqrt(down ** 2 - 2 * correlation * down * up + up ** 2), digits);
    // The same turned round is the same with its sign.
    const turned = newcombePaired({ ...counts, first: 12, second: 4 });
    expect(turned.low).toBeCloseTo(-interval.high, digits);
  });
});

it("corrections for many tests", () => {
  const values = [0.01, 0.04, 0.03, 0.005, 0.2, 0.6];
  for (const [index, expected] of [0.05, 0.12, 0.12, 0.03, 0.4, 0.6].entries())
    expect(holm(values)[index]).toBeCloseTo(expected, digits);
  for (const [index, expected] of [0.03, 0.06, 0.06, 0.03, 0.24, 0.6].entries())
    expect(benjaminiHochberg(values)[index]).toBeCloseTo(expected, digits);
});

it("kappa of three categories, plain and weighted", () => {
  const table = [
    [20, 5, 3],
    [10, 15, 2],
    [1, 4, 12],
  ];
  const pairs = table.flatMap((row, first) =>
    row.flatMap((count, second) => Array.from({ length: count }, (): Rated => [first, second])),
  );
  expect(cohenKappa(pairs, 3)).toBeCloseTo(0.4672980171648416, digits);
  expect(cohenKappa(pairs, 3, "quadratic")).toBeCloseTo(0.5829680651221041, digits);
});

it("plans of rows", () => {
  expect(rowsForShares(0.1, 0.3, 0.05)).toBe(Math.ceil(233.09453820467385));
  // Cohen's table for d = 0.5, two-sided 5 %, 80 %: 34 pairs.
  expect(rowsForMean(0.5, 1, 0.05)).toBe(34);
  expect(rowsForShares(detectableMean(Math.sqrt(0.3 / 400), 0.05), 0.3, 0.05)).toBeLessThanOrEqual(400);
});
