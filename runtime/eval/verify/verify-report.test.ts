import { describe, expect, it } from "vitest";
import { worlds } from "@/bench/worlds/all";
import { Chance } from "@/bench/worlds/chance";
import { taskOf } from "@/bench/worlds/product";
import type { World } from "@/bench/worlds/world";
import { doReport } from "../report/report-task";
import { type VerifiableReport, verifiableReport } from "./verifiable";
import { verifyReport } from "./verify-report";

/** An export of an experiment of one world: at most so many rows of it. */
const exportOf = (world: World, rows = Math.min(24, world.rows)): string => {
  const next = world.begin(new Chance(7), world.effects.null);
  const task = taskOf(
    world,
    Array.from({ length: rows }, (_, row) => next(row)),
  );
  return JSON.stringify(verifiableReport(world.name, task, doReport(task)));
};
const worldOf = (name: string): World => worlds.find((world) => world.name === name) as World;
/** Of eight variants of which one was dropped, another's loss adjusted for what was known of the rows. */
const plannedExport = (): string => {
  const world = worldOf("many-variants");
  const next = world.begin(new Chance(5), 0);
  const all = taskOf(
    world,
    Array.from({ length: 90 }, (_, row) => next(row)),
  );
  const values = all.rows.map((_, row) => [Math.sin(row)]);
  const task = {
    ...all,
    dropped: [{ variant: 3, rows: 40, by: 5 }],
    covariates: { names: ["length"] as const, values, population: { rows: 500, means: [0.1] } },
  };
  return JSON.stringify(verifiableReport("planned", task, doReport(task)));
};
/** The same with one thing in it changed. */
const changed = (text: string, change: (file: VerifiableReport) => void): string => {
  const file = JSON.parse(text) as VerifiableReport;
  change(file);
  return JSON.stringify(file);
};
type Writable = { -readonly [Key in keyof VerifiableReport["task"]]: VerifiableReport["task"][Key] };

describe("an exported report", () => {
  it.each(worlds.map((world) => [world.name, world] as const))("of %s follows from its cells", (_, world) => {
    const found = verifyReport(exportOf(world));
    expect(found.problems).toEqual([]);
    expect(found).toMatchObject({ ok: true, experiment: world.name });
    expect(found.numbers).toBeGreaterThan(20);
  });

  it("of losers that were dropped, and adjusted for what was known, follows from its cells", () => {
    const text = plannedExport();
    expect(verifyReport(text)).toMatchObject({ ok: true, problems: [] });
    const { report } = JSON.parse(text) as VerifiableReport;
    expect(report.dropped).toHaveLength(1);
    expect(report.metrics[0]?.comparisons.filter(({ adjusted }) => adjusted !== undefined)).toHaveLength(6);
    const later = changed(text, ({ task }) => {
      (task.dropped?.[0] as { rows: number }).rows = 50;
    });
    expect(verifyReport(later).problems.join()).toContain("task.dropped");
  });

  it("is refused with the place where a number of it was changed", () => {
    const text = changed(exportOf(worldOf("right-or-wrong")), ({ report }) => {
      const [comparison] = report.metrics[0]?.comparisons ?? [];
      if (comparison?.difference) (comparison.difference as { value: number }).value += 1e-6;
    });
    const { ok, problems } = verifyReport(text);
    expect(ok).toBe(false);
    expect(problems).toEqual([
      expect.stringMatching(
        /^report[.]metrics\[0\][.]comparisons\[0\][.]difference[.]value: the file says .*, its cells say /,
      ),
    ]);
  });

  it("is refused where its sentence or its decision was changed", () => {
    const text = changed(exportOf(worldOf("right-or-wrong")), ({ report }) => {
      (report.verdict as { kind: string }).kind = "better";
    });
    expect(verifyReport(text).problems.join()).toContain("report.verdict.kind");
  });

  it("is refused where a cell, a setting or a label was changed, also where no number hangs on it", () => {
    const right = exportOf(worldOf("judge-biased-100"), 60);
    const cell = changed(right, ({ task }) => {
      (task.cells[3] as { durationMs: number }).durationMs += 1;
    });
    expect(verifyReport(cell).problems).toEqual(["task.cells[0] to [999]: something was changed after the export."]);
    const setting = changed(right, ({ task }) => {
      (task as Writable).seed += 1;
    });
    expect(verifyReport(setting).problems.join()).toContain("task.seed was changed");
    const label = changed(right, ({ task }) => {
      (task.labels?.[0] as { value: number }).value += 0.5;
    });
    expect(verifyReport(label).problems.join()).toMatch(/task[.]labels.*report[.]metrics/s);
  });

  it("is refused, with the place, where it is no report or lacks a part", () => {
    expect(verifyReport("{").problems[0]).toMatch(/^The file is not JSON/);
    expect(verifyReport("{}").problems[0]).toMatch(/no report with its cells/);
    const right = exportOf(worldOf("few-rows"));
    const lacking = changed(right, ({ task }) => {
      (task.cells[2] as { variant: number }).variant = 9;
    });
    expect(verifyReport(lacking)).toMatchObject({
      ok: false,
      problems: ["task.cells[2]: is of a variant or row that is not there"],
    });
    const strange = changed(right, ({ task }) => {
      (task.scorers[0] as { type: string }).type = "text/gone";
    });
    expect(verifyReport(strange).problems).toEqual(["task.scorers[0].type: is no scorer of this version"]);
  });
});
