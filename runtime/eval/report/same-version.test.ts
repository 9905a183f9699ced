import { describe, expect, it } from "vitest";
import { sayNotes } from "../say/say-notes";
import { buildReport } from "./build-report";
import { experiment } from "./report-fixture";

const same = (rows: number, groups = 0) => ({
  ...experiment([0.7, 0.7], rows, { seed: 2, groups }),
  sameVersion: true,
});

describe("a version against itself", () => {
  it("says how often a difference is called on such rows, with an interval, and the same each time", () => {
    const report = buildReport(same(150));
    const { draws = 0, called, promised } = report.sameVersion ?? {};
    expect(draws).toBe(2_000);
    expect(promised).toBe(0.05);
    expect(called?.value).toBeGreaterThan(0.02);
    expect(called?.value).toBeLessThan(0.07);
    expect(called?.low).toBeLessThan(called?.value ?? 0);
    expect(buildReport(same(150)).sameVersion).toEqual(report.sameVersion);
    expect(sayNotes(report, "en")[0]).toMatch(/^The same version against itself: of 2,000 experiments .* 5 % may\./);
    expect(sayNotes(report, "zh")[0]).toMatch(/^同一版本与自身比较/);
  });

  it("takes groups as they are, and fewer draws for many rows", () => {
    expect(buildReport(same(200, 40)).sameVersion?.called.value).toBeLessThan(0.08);
    expect(buildReport(same(2_000), { chart: false }).sameVersion?.draws).toBe(500);
  });

  it("is nothing else: of two versions, of few answers", () => {
    expect(buildReport(experiment([0.7, 0.7], 100)).sameVersion).toBeUndefined();
    expect(buildReport({ ...same(100), cellsTotal: 400 }).sameVersion).toBeUndefined();
    expect(buildReport(same(1)).sameVersion).toBeUndefined();
  });
});
