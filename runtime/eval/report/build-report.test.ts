import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Report } from "../contract/report";
import { effectSizes, methods, tests } from "../say/glossary";
import { buildReport } from "./build-report";
import { experiment } from "./report-fixture";

const differencesOf = (report: Report) => [
  ...report.metrics.flatMap(({ comparisons, better }) => comparisons.map((each) => ({ ...each, better }))),
];

describe("a report", () => {
  it("finds a planted winner, and names interval and test", () => {
    const { verdict, metrics } = buildReport(experiment([0.5, 0.7], 300));
    expect(verdict).toMatchObject({ kind: "better", variant: 1, rows: 300 });
    expect(metrics[0]?.comparisons[0]).toMatchObject({
      decision: "better",
      difference: { method: "tango-score" },
      test: { name: "mcnemar-mid-p" },
    });
    expect(metrics.map(({ kind }) => kind)).toEqual(["mean", "corpus", "mean"]);
    expect(metrics[2]?.comparisons[0]?.decision).toBe("worse");
  });

  it("names only intervals, tests and effect sizes that are explained in both languages", () => {
    const report = buildReport(experiment([0.5, 0.6, 0.5], 80, { groups: 20 }));
    const plain = buildReport(experiment([0.5, 0.6], 80));
    const all = [report, plain].flatMap(({ metrics }) => metrics);
    const comparisons = all.flatMap((metric) => metric.comparisons);
    expect(comparisons.flatMap(({ others }) => others?.tests.map(({ name }) => name) ?? [])).toContain(
      "wilcoxon-signed-rank",
    );
    const used = {
      methods: [
        ...all.flatMap(({ values }) => values.flatMap(({ estimate }) => estimate?.method ?? [])),
        ...comparisons.flatMap(({ difference, others }) =>
          [difference, ...(others?.intervals ?? [])].flatMap((each) => each?.method ?? []),
        ),
      ],
      tests: comparisons.flatMap(({ test, others }) =>
        [test, ...(others?.tests ?? [])].flatMap((each) => each?.name ?? []),
      ),
      effectSizes: comparisons.flatMap(({ effectSize }) => effectSize?.name ?? []),
    };
    for (const [table, names] of Object.entries(used))
      for (const name of names) expect(Object.keys({ methods, tests, effectSizes }[table] ?? {}), name).toContain(name);
  });

  it("is the same for the same input in any order of cells", () => {
    const input = experiment([0.5, 0.6], 60, { repeats: 2 });
    expect(buildReport({ ...input, cells: input.cells.toReversed() })).toEqual(buildReport(input));
  });

  it("never lets interval, test and decision contradict each other", () => {
    fc.assert(
      fc.property(
        fc.record({
          share: fc.double({ min: 0.3, max: 0.9, noNaN: true }),
          rows: fc.integer({ min: 2, max: 120 }),
          seed: fc.integer({ min: 1, max: 1e6 }),
          repeats: fc.integer({ min: 1, max: 2 }),
          groups: fc.constantFrom(0, 0, 7),
          correction: fc.constantFrom("holm" as const, "benjamini-hochberg" as const),
        }),
        ({ share, rows, seed, repeats, groups, correction }) => {
          const report = buildReport({
            ...experiment([0.5, share, 0.6], rows, { seed, repeats, groups }),
            correction,
          });
          for (const { difference, test, decision, better } of differencesOf(report)) {
            if (difference === null || test === null) continue;
            const { low, high, value } = difference;
            // Too few rows for the mean of a number without bounds.
            if (low === null || high === null) {
              expect([test.pValue, decision]).toEqual([1, "inconclusive"]);
              continue;
            }
            expect(low).toBeLessThanOrEqual(value);
            expect(high).toBeGreaterThanOrEqual(value);
            const beyond = low > 0 || high < 0;
            expect(beyond).toBe(test.adjustedPValue <= 0.05);
            expect(decision === "better" || decision === "worse").toBe(beyond);
            if (beyond) expect(decision === "better").toBe(value > 0 === (better === "higher"));
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
