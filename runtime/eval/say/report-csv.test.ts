import { expect, it } from "vitest";
import type { Report } from "../contract/report";
import { buildReport } from "../report/build-report";
import { experiment } from "../report/report-fixture";
import { reportColumns, reportCsv } from "./report-csv";

/** Lines by the names of their columns; no text here has a comma. */
const linesOf = (report: Report) => {
  const [head = "", ...lines] = reportCsv(report, "en").trimEnd().split("\r\n");
  const names = head.split(",");
  return lines.map((line) => Object.fromEntries(line.split(",").map((cell, place) => [names[place], cell])));
};

it("has a line for every metric of every variant, with all that the report knows of it", () => {
  const input = experiment([0.5, 0.6, 0.75], 240, { groups: 80 });
  const cells = input.cells.map((cell) => {
    if (cell.variant !== 1 || cell.row >= 6) return cell;
    const time = { values: { duration: null }, lacking: ["duration"] };
    return { ...cell, status: "failure" as const, source: "earlier", scores: { ...cell.scores, time } };
  });
  const look = { number: 2, alpha: 0.05 };
  const report = buildReport({ ...input, cells, cached: [0, 6, 0], margin: 0.05, alpha: 0.02, look });
  const lines = linesOf(report);
  expect(lines).toHaveLength(9);
  const right = lines.filter(({ metric_id: id }) => id === "labels.right");
  expect(right.map(({ baseline }) => baseline)).toEqual(["true", "false", "false"]);
  expect(right[2]).toMatchObject({
    independent_cases: "80",
    independent_groups: "80",
    margin: "0.05",
    look: "2",
    look_alpha: "0.02",
    may_be_best: "true",
    correction: "holm",
    seed: "1",
    repeats: "1",
    copies: "0",
  });
  expect(Number(right[2]?.likely_gain)).toBeCloseTo(report.best?.gain ?? Number.NaN, 12);
  expect(right[1]).toMatchObject({ likely_gain: "", failures: "6", reused: "6", reused_failures: "6" });
  const time = lines.find(({ metric_id: id, variant }) => id === "time.duration" && variant === "Variant 1");
  expect(time).toMatchObject({ counted_as_worst: "6", may_be_best: "" });
  expect(Number(time?.median)).toBeGreaterThan(100);
  for (const line of lines) expect(Object.keys(line)).toHaveLength(reportColumns.length);
});

it("names each column once", () => {
  const names = reportColumns.map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(name).toMatch(/^[a-z0-9]+(_[a-z0-9]+)*$/);
});
