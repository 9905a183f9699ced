import { describe, expect, it } from "vitest";
import { csvCell } from "@/runtime/text/csv";
import { buildReport } from "../report/build-report";
import { experiment } from "../report/report-fixture";
import { formatBound, formatDifference, formatValue } from "./format-value";
import { cautions, methods, tests } from "./glossary";
import { reportCsv } from "./report-csv";
import { reportMarkdown } from "./report-markdown";
import { sayVerdict } from "./say-verdict";

const better = buildReport(experiment([0.5, 0.7], 300));
const share = { scale: "binary", unit: null, kind: "mean" } as const;

describe("a verdict in words", () => {
  it("says who is better, by how much, how sure, on how many cases, and at what price", () => {
    expect(sayVerdict(better, "en")).toMatch(
      /^Variant 1 is better on right: \+\d+(\.\d)? points, 95 % interval \+[\d.]+ to \+[\d.]+, 300 cases; .*latency \+\d+ %/,
    );
    expect(sayVerdict(better, "zh")).toMatch(
      /^“Variant 1”在Right上更好：\+.* 个百分点，95 % 区间 \+.* 至 \+.*，300 个用例；/,
    );
  });

  it("tells of price and time before it says the same in other metrics", () => {
    expect(better.verdict.beside.map(({ metric }) => metric)).toEqual(["time.duration", "labels.micro"]);
    expect(sayVerdict(better, "en")).toMatch(/300 cases; latency \+\d+ %; share that agrees \+/);
  });

  it("says worse, and inconclusive with the cases that would settle it", () => {
    expect(sayVerdict(buildReport(experiment([0.7, 0.5], 300)), "en")).toMatch(/^Variant 1 is worse on right: −/);
    expect(sayVerdict(buildReport(experiment([0.5, 0.55], 60)), "en")).toMatch(/^Inconclusive/);
  });

  it("does not judge one variant, nor half an experiment without a sure difference", () => {
    expect(sayVerdict(buildReport(experiment([0.5], 40)), "en")).toMatch(/^One variant/);
    const input = experiment([0.5, 0.5], 40);
    expect(sayVerdict(buildReport({ ...input, cellsTotal: 160 }), "en")).toBe(
      "Too early to say: 80 of 160 answers, and no difference that is sure yet.",
    );
  });

  it("says how many cases are independent where some are copies of others", () => {
    const input = experiment([0.5, 0.7], 300);
    const copied = buildReport({ ...input, rows: input.rows.map((row, at) => ({ ...row, inputsKey: `${at % 60}` })) });
    expect(sayVerdict(copied, "en")).toContain(", 300 cases, 60 of them independent");
    expect(sayVerdict(copied, "zh")).toContain("，300 个用例，其中 60 个相互独立");
  });

  it("speaks of the usual case where a mean of so few cases cannot be judged", () => {
    const input = experiment([0.5, 0.5], 40);
    const slower = input.cells.map((cell) => ({
      ...cell,
      scores: { ...cell.scores, time: { values: { duration: 200 + cell.row + 300 * cell.variant } } },
    }));
    const beside = buildReport({ ...input, cells: slower });
    expect(sayVerdict(beside, "en")).toMatch(/; latency \+300 ms in the usual case/);
    expect(sayVerdict(beside, "zh")).toMatch(/；Latency典型用例 \+300 ms/);
    const main = buildReport({ ...input, cells: slower, primary: "time.duration" });
    expect(main.verdict).toMatchObject({ kind: "inconclusive" });
    expect(main.verdict.cautions).toContain("few-for-mean");
    expect(sayVerdict(main, "en")).toMatch(/^Inconclusive \(latency \+300 ms, \+300 ms in the usual case, 40 cases/);
    expect(main.metrics[2]?.values[1]?.quantiles).toMatchObject({
      median: 519.5,
      p95: 537.05,
      p99: expect.closeTo(538.61),
    });
  });

  it("writes values in their units", () => {
    expect(formatValue(0.625, share, "en")).toBe("62.5 %");
    expect(formatDifference(-0.062, share, "en")).toBe("−6.2 points");
    expect(formatBound(0, share, "en")).toBe("0");
    const time = { scale: "number", unit: "milliseconds", kind: "mean" } as const;
    expect(formatDifference(1_250, time, "en")).toBe("+1.25 s");
    expect(formatValue(1_200, { ...time, unit: "micro-usd" }, "en")).toBe("$0.0012");
    expect(formatValue(310, { ...time, unit: "tokens" }, "zh")).toBe("310 个 token");
  });

  it("explains every method, test and caution that a report names", () => {
    for (const metric of better.metrics)
      for (const { difference, test } of metric.comparisons) {
        expect(methods).toHaveProperty(difference?.method ?? "");
        expect(tests).toHaveProperty(test?.name ?? "");
      }
    for (const caution of better.verdict.cautions) expect(cautions).toHaveProperty(caution);
  });
});

describe("a report as a file", () => {
  it("does not let a spreadsheet run a name as a formula, and keeps numbers", () => {
    expect(["=1+1", "+x", "-x", "@x", "\t=1", 'a"b'].map(csvCell)).toEqual([
      "'=1+1",
      "'+x",
      "'-x",
      "'@x",
      '"\'\t=1"',
      '"a""b"',
    ]);
    expect(csvCell(-1.5)).toBe("-1.5");
    const named = { ...better, variants: better.variants.map((each) => ({ ...each, label: "=cmd()" })) };
    expect(reportCsv(named, "en")).not.toMatch(/,=cmd/);
    expect(reportCsv(better, "en").trim().split("\r\n")).toHaveLength(1 + better.metrics.length * 2);
  });

  it("does not let a name become markup", () => {
    const text = reportMarkdown(better, { experiment: "<b>|x", pipeline: "p", dataset: "d" }, "en");
    expect(text).toMatch(/^# \\<b\\>\\\|x\n/);
    expect(text).toContain("McNemar's test (mid-p)");
  });
});
