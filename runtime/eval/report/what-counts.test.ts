import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import type { Cell } from "../contract/cell";
import type { ReportInput } from "../contract/report-input";
import { findScorer } from "../scorers/catalog";
import { metricsOf } from "../scorers/metrics-of";
import { buildReport } from "./build-report";
import { accuracy, experiment, latency } from "./report-fixture";

const title = { en: "One", zh: "One" };

type Told = Pick<Cell, "scores"> & Partial<Cell>;

/** Two variants on so many rows, each cell as the function says. */
const twoOf = (
  rows: number,
  cellOf: (row: number, variant: number) => Told | null,
  { metric = accuracy, ...more }: Partial<ReportInput> & { metric?: typeof accuracy } = {},
): ReportInput => {
  const cells = Array.from({ length: rows }, (_, row) => row).flatMap((row) =>
    [0, 1].flatMap((variant): Cell[] => {
      const told = cellOf(row, variant);
      if (told === null) return [];
      const usual = { status: "success", durationMs: 100, inputTokens: 1, outputTokens: 1, costMicroUsd: 1 } as const;
      return [{ variant, row, repeat: 0, ...usual, ...told }];
    }),
  );
  return {
    ...experiment([0.5, 0.5], 1),
    scorers: [{ id: "one", title, metrics: [metric], pairwise: false, counts: true }],
    primary: `one.${metric.key}`,
    rows: Array.from({ length: rows }, () => ({ weight: 1, tags: [], split: null, group: null })),
    cells,
    cellsTotal: cells.length,
    ...more,
  };
};
const scored = (key: string, value: number | null, lacking = false): Told["scores"] => ({
  one: { values: { [key]: value }, ...(lacking && { lacking: [key] }) },
});
const verdictOf = (input: ReportInput) => buildReport(input).verdict;

describe("rows that ask the same", () => {
  const input = twoOf(120, (row, variant) => ({ scores: scored("right", variant === 1 || row % 3 === 0 ? 1 : 0) }));
  const copied = (namesOf: (row: number) => { inputsKey?: string; group?: string | null }) =>
    buildReport({ ...input, rows: input.rows.map((row, index) => ({ ...row, ...namesOf(index) })) });

  it("are one case, however often they stand there", () => {
    expect(buildReport(input).verdict).toMatchObject({ kind: "better" });
    const report = copied((row) => ({ inputsKey: `${row % 3}` }));
    expect(report.verdict.kind).toBe("inconclusive");
    expect(report.verdict.cautions).toEqual(expect.arrayContaining(["copies", "few-rows"]));
    expect(report.verdict.cautions).not.toContain("clustered");
    expect(report.clusters).toBe(3);
  });

  it("tie their groups together", () => {
    const report = copied((row) => ({ group: `g${row % 40}`, ...(row < 40 && { inputsKey: `${row % 4}` }) }));
    expect(report.clusters).toBe(4);
  });

  it("are told apart from rows of which nothing is known", () => {
    expect(copied(() => ({ inputsKey: "" })).clusters).toBe(120);
  });
});

describe("what hangs on the moment", () => {
  const timed = { ...latency, timed: true as const };
  const slower = (source: (row: number, variant: number) => object) =>
    twoOf(
      200,
      (row, variant) => ({
        ...source(row, variant),
        scores: scored("duration", 100 + row + variant * (50 + (row % 7))),
      }),
      {
        metric: timed as never,
      },
    );

  it("is not compared with what was measured in an earlier experiment", () => {
    const report = buildReport(slower((_, variant) => (variant === 0 ? { source: "earlier" } : {})));
    expect(report.metrics[0]).toMatchObject({ apart: 200, comparisons: [{ difference: null }] });
    expect(report.metrics[0]?.values.map(({ estimate }) => estimate)).toEqual([null, null]);
    expect(report.verdict.cautions).toContain("answered-apart");
  });

  it("is compared where both were measured then, and on the rows alone that were", () => {
    expect(verdictOf(slower(() => ({ source: "earlier" }))).kind).toBe("worse");
    const report = buildReport(slower((row, variant) => (variant === 0 && row < 20 ? { source: "earlier" } : {})));
    expect(report.metrics[0]).toMatchObject({ apart: 20, comparisons: [{ rows: 180, decision: "worse" }] });
  });
});

describe("answers that failed", () => {
  const random = seededRandom(3);
  const times = Array.from({ length: 120 }, () => 100 + 900 * random() ** 4);

  it("are no faster than the slowest, so that nobody is better by failing on the slow rows", () => {
    const failing = (isLacking: boolean) =>
      twoOf(
        120,
        (row, variant) => {
          const fails = variant === 1 && (times[row] as number) > 300;
          const value = fails ? null : (times[row] as number) - 10 * variant;
          return { status: fails ? "failure" : "success", scores: scored("duration", value, fails && isLacking) };
        },
        { metric: latency as never },
      );
    const report = buildReport(failing(true));
    expect(report.verdict.kind).not.toBe("better");
    expect(report.verdict.cautions).toContain("failed-as-worst");
    expect(report.metrics[0]?.values[1]).toMatchObject({ lacking: times.filter((time) => time > 300).length });
    // Where nobody knows why they are missing, they could turn it, and nothing is said.
    const unknown = buildReport(failing(false));
    expect(unknown.metrics[0]?.comparisons[0]).toMatchObject({ decision: "inconclusive", turnedByMissing: true });
    expect(unknown.verdict.cautions).toContain("missing-could-turn");
  });

  it("that could not be had are held against whoever would gain by them, also while others are under way", () => {
    const input = twoOf(
      200,
      (row, variant) =>
        variant === 1 && row % 4 === 0 ? null : { scores: scored("right", variant === 1 || row % 5 > 0 ? 1 : 0) },
      { cellsTotal: 400 },
    );
    const gone = { ...input, unansweredRows: [[], Array.from({ length: 50 }, (_, each) => 4 * each)] };
    expect(buildReport(gone).metrics[0]?.comparisons[0]?.decision).toBe("inconclusive");
  });
});

describe("a difference too small to count", () => {
  it("is none, also where it is surely there", () => {
    const rows = 400;
    const input = twoOf(
      rows,
      (row, variant) => ({ scores: scored("right", 0.5 + 0.001 * variant + (row % 7) / 1e5) }),
      {
        metric: { ...accuracy, scale: "unit" },
      },
    );
    const noisy = input.cells.map((cell) =>
      cell.variant === 1 ? { ...cell, scores: scored("right", 0.5 + 0.001 + (cell.row % 9) / 1e5) } : cell,
    );
    const report = buildReport({ ...input, cells: noisy });
    expect(report.metrics[0]?.comparisons[0]?.difference?.low).toBeGreaterThan(0);
    expect(report.verdict.kind).toBe("no-difference");
  });

  it("is none within the margin that was asked for, to both sides", () => {
    const shifted = (by: number) =>
      twoOf(400, (row, variant) => ({ scores: scored("right", 0.5 + variant * (by + ((row % 5) - 2) / 1e3)) }), {
        metric: { ...accuracy, scale: "unit" },
        margin: 0.05,
      });
    expect(verdictOf(shifted(-0.03)).kind).toBe("no-difference");
    expect(verdictOf(shifted(-0.08)).kind).toBe("worse");
    expect(verdictOf(shifted(0.08)).kind).toBe("better");
  });

  it("is none where it is the rounding of means", () => {
    const input = twoOf(50, (_, variant) => ({ scores: scored("right", variant === 0 ? 0.3 : 0.1 + 0.2) }), {
      metric: { ...accuracy, scale: "unit" },
    });
    expect(buildReport(input).metrics[0]?.comparisons[0]).toMatchObject({ difference: { value: 0 }, ties: 50 });
  });
});

describe("macro averages", () => {
  const metrics = metricsOf(findScorer("label/accuracy") as never).filter(({ corpus }) => corpus !== undefined);
  const figures = (pairs: readonly (readonly [string, string])[]) => {
    const parts = pairs.map(([actual, predicted]) => ({ actual, predicted }));
    return Object.fromEntries(
      metrics.map(({ key, corpus }) => [
        key,
        corpus?.(
          parts,
          Float64Array.from(pairs, () => 1),
        ),
      ]),
    );
  };

  it("are over the labels that are expected: an answer that is none of them is a miss, and no label", () => {
    const right = Array.from({ length: 90 }, (_, row) => (row % 2 ? ["yes", "yes"] : ["no", "no"]) as [string, string]);
    const stray = Array.from({ length: 10 }, (_, row) => [row % 2 ? "yes" : "no", `stray ${row}`] as [string, string]);
    const found = figures([...right, ...stray]);
    expect(found.recall).toBeCloseTo(0.9, 12);
    expect(found.precision).toBe(1);
    expect(found["macro-f1"]).toBeCloseTo(90 / 95, 12);
  });
});
