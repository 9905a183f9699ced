import { describe, expect, it } from "vitest";
import { sayAnswers } from "../say/say-answers";
import { sayNotes } from "../say/say-notes";
import { buildReport } from "./build-report";
import { partLeft } from "./dropped";
import { type Drop, Elimination, rowsBetweenDrops } from "./elimination";
import { frameOf } from "./evidence";
import { accuracy, experiment } from "./report-fixture";

const rows = 300;
const shares = [0.6, 0.85, 0.5, 0.45];
const whole = experiment(shares, rows, { seed: 5 });
const look = { number: 1, alpha: 0.05 };
const setUp = { variants: 4, baseline: 0, repeats: 1, alpha: 0.025, scorerId: "labels", definition: accuracy };

/** Feeds the cells that are asked for, in the order given. */
const race = (cells: typeof whole.cells, before: readonly Drop[] = []) => {
  const elimination = new Elimination(frameOf(whole.rows), setUp, before);
  const run = cells.filter(({ variant, row, scores }) => {
    if (elimination.isDropped(variant)) return false;
    elimination.add(variant, row, scores.labels);
    elimination.decide();
    return true;
  });
  return { drops: elimination.drops, run };
};

describe("losers", () => {
  const { drops, run } = race(whole.cells);

  it("are dropped at set rows, because the leader is surely better, and are run no further", () => {
    expect(drops.map(({ variant }) => variant).sort()).toEqual([2, 3]);
    for (const drop of drops) {
      expect(drop.by).toBe(1);
      expect(drop.rows % rowsBetweenDrops(rows)).toBe(0);
      expect(run.filter(({ variant }) => variant === drop.variant).length).toBeLessThan(rows);
    }
    expect(run.length).toBeLessThan(whole.cells.length * 0.9);
  });

  it("are the same whatever order answers come in, and stay dropped when the experiment goes on", () => {
    const late = whole.cells.toSorted((one, other) => one.row + 7 * one.variant - (other.row + 7 * other.variant));
    expect(race(late).drops).toEqual(drops);
    expect(race(whole.cells, drops).drops).toEqual(drops);
  });

  it("are nobody before twenty rows, where all are alike, and where answers are missing", () => {
    expect(race(whole.cells.filter(({ row }) => row < 19)).drops).toEqual([]);
    expect(race(experiment([0.7, 0.7, 0.7, 0.7], rows, { seed: 3 }).cells).drops).toEqual([]);
    expect(race(whole.cells.filter(({ variant, row }) => variant !== 1 || row > 0)).drops).toEqual([]);
  });

  it("count a failed answer as the worst that was seen", () => {
    const failing = whole.cells.map((cell) =>
      cell.variant === 2 ? { ...cell, scores: { labels: { values: { right: null }, lacking: ["right"] } } } : cell,
    );
    expect(race(failing).drops[0]).toMatchObject({ variant: 2 });
  });

  it("have one alpha together with what is said of the others", () => {
    const input = { ...whole, look, alpha: partLeft(true) * look.alpha, dropping: true, dropped: drops };
    const report = buildReport({ ...input, cells: run, cellsTotal: run.length });
    expect((report.dropping?.alpha ?? 0) + (report.look?.own ?? 0)).toBeCloseTo(0.05, 12);
    // What is said of two that are left is corrected for one another, and has no more than its part.
    const main = report.metrics.find(({ id }) => id === report.primary);
    for (const { confidence } of main?.comparisons ?? []) expect(confidence).toBeGreaterThan(1 - 0.025 - 1e-12);
    for (const { confidence } of report.dropped ?? []) expect(confidence).toBeCloseTo(1 - 0.025 / 6, 12);
    expect(report.verdict).toMatchObject({ kind: "better", variant: 1 });
    const [many] = sayAnswers(report, "en").filter(({ key }) => key === "many");
    expect(many?.lines.join(" ")).toContain("“dropped” may be wrong in 2.5 %, for all 6 pairs of variants together");
    const [both] = sayAnswers(report, "zh").filter(({ key }) => key === "many");
    expect(both?.lines.join("")).toContain("由全部 6 对变体共享");
    // Also where nobody happened to be dropped.
    expect(buildReport({ ...input, dropped: [] }).look?.own).toBe(0.025);
  });

  it("are said with their rows and why, are no missing rows, and have bounds that hold at all times", () => {
    const report = buildReport({ ...whole, look, cells: run, cellsTotal: run.length, dropping: true, dropped: drops });
    const out = drops.find(({ variant }) => variant === 3);
    expect(report.dropped?.find(({ variant }) => variant === 3)).toMatchObject({ rows: out?.rows, by: 1 });
    expect(report.verdict).toMatchObject({ kind: "better", variant: 1 });
    expect(report.verdict.cautions).toContain("dropped");
    expect(report.verdict.cautions).not.toContain("partial");
    expect(report.verdict.cautions).not.toContain("uneven-missing");
    const metric = report.metrics.find(({ id }) => id === report.primary);
    expect(metric?.values[3]).toMatchObject({ rows: out?.rows, missing: 0 });
    const comparison = metric?.comparisons.find(({ variant }) => variant === 3);
    expect(comparison?.difference?.method).toBe("confidence-sequence");
    expect(comparison?.test).toBeNull();
    expect(metric?.comparisons.find(({ variant }) => variant === 1)?.test).not.toBeNull();
    expect(report.best?.variants).toEqual([1]);
    const [note] = sayNotes(report, "en");
    expect(note).toMatch(
      /^Variant 2 was dropped after \d+ of 300 cases: Variant 1 is surely better, by \+\d+(\.\d)? points \(99\.5 % interval \+/,
    );
    expect(sayNotes(report, "zh")[0]).toMatch(/被淘汰/);
  });

  it("have answers beyond that left out, whichever of them came", () => {
    const report = (cells: typeof whole.cells) =>
      buildReport({ ...whole, cells, cellsTotal: cells.length, dropped: drops }).metrics;
    expect(report(whole.cells)).toEqual(report(run));
  });
});
