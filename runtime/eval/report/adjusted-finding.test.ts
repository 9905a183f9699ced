import { describe, expect, it } from "vitest";
import { Chance } from "@/bench/worlds/chance";
import { sayNotes } from "../say/say-notes";
import { regressionSlopes } from "../statistics/regression-slopes";
import { adjustedFinding } from "./adjusted-finding";
import { buildReport } from "./build-report";
import { frameOf } from "./evidence";
import { findingOf } from "./find";
import { accuracy, experiment } from "./report-fixture";

const score = { ...accuracy, scale: "unit" as const };
const frameFor = (rows: number) =>
  frameOf(Array.from({ length: rows }, () => ({ weight: 1, tags: [], split: null, group: null })));

/** A variant that is better on what is long and worse on what is short: of all rows, it is as good. */
const play = (seed: number, rows: number, all: number) => {
  const chance = new Chance(seed);
  const drawn = Array.from({ length: all }, () => {
    const length = chance.normal();
    return { length, difference: 0.06 * length + 0.04 * chance.normal() };
  });
  const differences = Float64Array.from(drawn.slice(0, rows), ({ difference }) => difference);
  const plain = findingOf(differences, frameFor(rows), { kind: "mean", definition: score });
  if (plain === null) throw new Error("No finding.");
  const covariates = {
    names: ["length"] as const,
    values: drawn.slice(0, rows).map(({ length }) => [length]),
    population: { rows: all, means: [drawn.reduce((sum, { length }) => sum + length / all, 0)] },
  };
  return { plain, adjusted: adjustedFinding(plain, differences, frameFor(rows), covariates, true) };
};

describe("a difference adjusted for what was known of the rows", () => {
  it("is surer where some of the rows are taken, and keeps its level", () => {
    let [wrong, missed] = [0, 0];
    const experiments = 400;
    for (let each = 0; each < experiments; each += 1) {
      const { plain, adjusted } = play(each, 100, 2_000);
      if (adjusted.pValue <= 0.05) wrong += 1;
      const { low, high } = adjusted.interval(0.05);
      if ((low ?? 0) > 0 || (high ?? 0) < 0) missed += 1;
      expect(adjusted.error ?? 1).toBeLessThan(plain.error ?? 0);
      expect(adjusted.adjusted?.gain).toBeGreaterThan(0.3);
    }
    // 5 % and three standard errors.
    expect(wrong).toBeLessThanOrEqual(33);
    expect(missed).toBe(wrong);
  });

  it("gains nothing where all are taken, and says so", () => {
    const { plain, adjusted } = play(3, 150, 150);
    expect(Math.abs(adjusted.adjusted?.gain ?? 1)).toBeLessThan(0.1);
    expect(adjusted.value).toBeCloseTo(plain.value, 2);
  });

  it("is the plain one with few rows", () => {
    const { plain, adjusted } = play(3, 30, 500);
    expect(adjusted).toBe(plain);
  });

  it("is what the report decides by, beside the plain one", () => {
    const input = experiment([0.55, 0.75], 300, { seed: 4 });
    const values = input.rows.map((_, row) => [Math.sin(row)]);
    const covariates = { names: ["length"] as const, values, population: { rows: 3_000, means: [0] } };
    const report = buildReport({ ...input, covariates });
    const comparison = report.metrics.find(({ id }) => id === report.primary)?.comparisons[0];
    expect(comparison?.difference?.method).toBe("student-adjusted");
    expect(comparison?.adjusted?.plain).toBeCloseTo(buildReport(input).verdict.difference?.value ?? Number.NaN, 12);
    expect(sayNotes(report, "en").at(-1)).toMatch(/^The difference is adjusted for what was known/);
    expect(report.metrics.filter(({ id }) => id !== report.primary)[0]?.comparisons[0]?.adjusted).toBeUndefined();
    const partial = buildReport({ ...input, covariates, cells: input.cells.slice(0, 200) });
    expect(partial.metrics[0]?.comparisons[0]?.adjusted).toBeUndefined();
  });
});

it("slopes are those of numpy.linalg.lstsq", () => {
  const [x, z, y] = [
    [1, 2, 3, 4, 5, 6],
    [2, 1, 4, 3, 7, 5],
    [1.1, 1.9, 3.2, 3.8, 5.9, 5.2],
  ];
  const rows = [...x.keys()];
  const both = regressionSlopes(
    rows,
    (row) => [x[row] ?? 0, z[row] ?? 0],
    (row) => y[row] ?? 0,
    () => 1,
    2,
  );
  expect(both[0]).toBeCloseTo(0.6199124726477023, 9);
  expect(both[1]).toBeCloseTo(0.35634573304157563, 9);
  expect(
    regressionSlopes(
      rows,
      () => [4],
      (row) => y[row] ?? 0,
      () => 1,
      1,
    ),
  ).toEqual([0]);
  expect(
    regressionSlopes(
      [],
      () => [4, 4],
      () => 1,
      () => 1,
      2,
    ),
  ).toEqual([0, 0]);
});
