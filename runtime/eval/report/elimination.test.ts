import { describe, expect, it } from "vitest";
import { sayNotes } from "../say/say-notes";
import { buildReport } from "./build-report";
import { type Drop, Elimination, rowsBetweenDrops } from "./elimination";
import { frameOf } from "./evidence";
import { accuracy, experiment } from "./report-fixture";

const rows = 300;
const shares = [0.6, 0.85, 0.5, 0.45];
const whole = experiment(shares, rows, { seed: 5 });
const setUp = { variants: 4, baseline: 0, repeats: 1, alpha: 0.05, scorerId: "labels", definition: accuracy };

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

  it("are said with their rows and why, are no missing rows, and have bounds that hold at all times", () => {
    const report = buildReport({ ...whole, cells: run, cellsTotal: run.length, dropped: drops });
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
      /^Variant 2 was dropped after \d+ of 300 cases: Variant 1 is surely better, by \+\d+(\.\d)? points \(99\.1 % interval \+/,
    );
    expect(sayNotes(report, "zh")[0]).toMatch(/被淘汰/);
  });

  it("have answers beyond that left out, whichever of them came", () => {
    const report = (cells: typeof whole.cells) =>
      buildReport({ ...whole, cells, cellsTotal: cells.length, dropped: drops }).metrics;
    expect(report(whole.cells)).toEqual(report(run));
  });
});
