import { describe, expect, it } from "vitest";
import { buildReport } from "@/runtime/eval/report/build-report";
import { experiment } from "@/runtime/eval/report/report-fixture";
import { axisReach, forestLines } from "./measured";

const report = buildReport(experiment([0.5, 0.7, 0.4], 120));

describe("forestLines", () => {
  const { points, relative } = forestLines(report, report.metrics);

  it("puts shares on an axis in points and times on one relative to the baseline", () => {
    expect(points.map(({ metric }) => metric.id)).toEqual([
      "labels.right",
      "labels.right",
      "labels.micro",
      "labels.micro",
    ]);
    expect(relative.map(({ metric, comparison }) => [metric.id, comparison.variant])).toEqual([
      ["time.duration", 1],
      ["time.duration", 2],
    ]);
    const [first] = points;
    expect(first?.at?.value).toBeCloseTo((first?.comparison.difference?.value ?? Number.NaN) * 100, 9);
  });

  it("does not draw a change of nothing", () => {
    const [metric] = report.metrics.filter(({ id }) => id === "time.duration");
    if (metric === undefined) throw new Error("The fixture has no times.");
    const idle = {
      ...metric,
      values: metric.values.map((each) => ({ ...each, estimate: each.estimate && { ...each.estimate, value: 0 } })),
    };
    expect(forestLines(report, [idle]).relative.map(({ at }) => at)).toEqual([null, null]);
  });
});

describe("axisReach", () => {
  const line = (value: number) =>
    ({ at: { value, low: value - 1, high: null } }) as unknown as Parameters<typeof axisReach>[0][number];

  it.each([
    [[], 1],
    [[line(0.2)], 1],
    [[line(11)], 20],
    [[line(-21)], 25],
    [[line(99), line(3)], 100],
    [[line(101)], 200],
  ])("of %j is %d", (lines, reach) => {
    expect(axisReach(lines)).toBe(reach);
  });
});
