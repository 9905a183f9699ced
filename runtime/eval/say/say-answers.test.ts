import { describe, expect, it } from "vitest";
import { locales } from "@/runtime/node/localized";
import type { Report } from "../contract/report";
import { buildReport } from "../report/build-report";
import { experiment } from "../report/report-fixture";
import { sayAnswers } from "./say-answers";

const keys = ["compared", "rows", "left-out", "method", "many", "looks", "power", "seeds"];
const of = (report: Report, key: string) =>
  locales.map((locale) =>
    sayAnswers(report, locale)
      .find((each) => each.key === key)
      ?.lines.join(" "),
  );
const plain = buildReport(experiment([0.6, 0.7], 200));

describe("answers to what a statistician would ask", () => {
  it("are there for every question, in both languages, without a gap", () => {
    const reports = [
      plain,
      buildReport(experiment([0.5, 0.6, 0.7], 90, { repeats: 2, groups: 7 })),
      buildReport({ ...experiment([0.6, 0.7], 200), primary: "time.duration", margin: 20 }),
      buildReport({ ...experiment([0.6, 0.7], 200), primary: "labels.micro" }),
      buildReport({ ...experiment([0.6, 0.7], 200), cellsTotal: 500 }),
      buildReport({ ...experiment([0.6, 0.7], 200), cells: [] }),
    ];
    for (const report of reports)
      for (const locale of locales) {
        const said = sayAnswers(report, locale);
        expect(said.map(({ key }) => key)).toEqual(keys);
        for (const { question, lines } of said) {
          expect(question).not.toBe("");
          expect(lines.length).toBeGreaterThan(0);
          for (const line of lines) expect(line).not.toMatch(/undefined|NaN|null|Infinity|\[object/);
        }
      }
  });

  it("say what is compared, whether more is better, and what counts as none", () => {
    const [en, zh] = of(plain, "compared");
    expect(en).toBe(
      "Right of “Variant 1”, each minus that of “Variant 0”, on the same cases. Higher is better. The metric was chosen before the experiment ran. Differences of up to 1 point count as none.",
    );
    expect(zh).toContain("越高越好");
    const margin = buildReport({ ...experiment([0.6, 0.7], 200), margin: 0.02 });
    expect(of(margin, "compared")[0]).toContain("Differences of up to 2 points were said beforehand to count as none.");
    expect(of(margin, "compared")[1]).toContain("不超过 2 个百分点的差异不算差异");
  });

  it("say how many cases there are, and how many are independent", () => {
    const grouped = experiment([0.6, 0.7], 60, { groups: 12, repeats: 3 });
    const rows = grouped.rows.map((row, place) => (place < 3 ? { ...row, inputsKey: "same" } : row));
    const [en, zh] = of(buildReport({ ...grouped, rows }), "rows");
    expect(en).toContain("60 cases, each answered 3 times by each variant; 360 of 360 answers are there.");
    expect(en).toContain("10 of them are independent");
    expect(en).toContain("(2 repeat another)");
    expect(zh).toContain("其中 10 个相互独立");
    expect(of(plain, "rows")[0]).toBe("200 cases, each answered once by each variant; 400 of 400 answers are there.");
  });

  it("say what was left out and why, and where nothing was", () => {
    expect(of(plain, "left-out")).toEqual([
      "Nothing: every answer of every variant counts as it is.",
      "没有：每个变体的每个回答都如实计入。",
    ]);
    const input = experiment([0.6, 0.7], 200);
    const cells = input.cells.map((cell) => {
      if (cell.variant === 0 || cell.row >= 9) return cell;
      const scores = { ...cell.scores, time: { values: { duration: null }, lacking: ["duration"] } };
      return { ...cell, status: "failure" as const, ...(cell.row < 4 && { source: "earlier" }), scores };
    });
    const [en, zh] = of(
      buildReport({ ...input, cells, cached: [0, 4], unanswered: [0, 2], notWhole: [1, 0] }),
      "left-out",
    );
    for (const part of [
      "“Variant 1”: 9 answers failed. They stay in",
      "4 answers were taken from an earlier experiment, 4 of them failures",
      "2 answers could not be had",
      "“Variant 0”: 1 answer went on with a reply that was cut off",
      "Latency: 9 cases of “Variant 1” count as the worst value seen",
    ])
      expect(en).toContain(part);
    for (const part of ["9 个回答失败", "取自早先的实验", "2 个回答因模型繁忙", "按所见最差值计入"])
      expect(zh).toContain(part);
  });

  it("say which variant was not run to the end, and why", () => {
    const three = buildReport(experiment([0.6, 0.7, 0.4], 200));
    const lead = { value: 0.3, low: 0.1, high: 0.5, method: "confidence-sequence" };
    const report = { ...three, dropped: [{ variant: 2, rows: 80, by: 1, lead, confidence: 0.95 }] };
    const [en, zh] = of(report, "left-out");
    expect(en).toContain("“Variant 2” was not run beyond 80 cases: “Variant 1” was surely better by then (+30 points");
    expect(zh).toContain("“Variant 2”在 80 个用例后不再运行");
  });

  it("are no longer than a page, however much there is to say", () => {
    const input = experiment(
      Array.from({ length: 8 }, () => 0.6),
      40,
    );
    const cells = input.cells.map((cell) => ({ ...cell, status: "failure" as const }));
    const eight = { ...input, cells, cached: new Array(8).fill(3), unanswered: new Array(8).fill(1) };
    const [answer] = sayAnswers(buildReport(eight), "en").filter(({ key }) => key === "left-out");
    expect(answer?.lines).toHaveLength(15);
    expect(answer?.lines.at(-1)).toBe("And 10 more of the kind; the table of metrics has them.");
  });

  it("say which interval and test there are, and that none is while answers are missing", () => {
    const [en, zh] = of(plain, "method");
    expect(en).toContain("Score interval for paired shares: ");
    expect(en).toMatch(/with 95 % confidence\..*McNemar's test \(mid-p\): .*Here p [=<] 0\.\d{3}\./);
    expect(zh).toMatch(/配对比例得分区间：.*置信度 95 %。/);
    const partial = buildReport({ ...experiment([0.6, 0.7], 200), cellsTotal: 900 });
    expect(of(partial, "method")[0]).toContain("No test while answers are missing");
    expect(of(partial, "method")[1]).toContain("回答未齐之前不做检验");
  });

  it("say how many comparisons were corrected together, and by which rule", () => {
    const [en, zh] = of(buildReport(experiment([0.5, 0.6, 0.7], 90)), "many");
    expect(en).toContain("The 2 comparisons of the main metric are corrected for one another by Holm.");
    expect(en).toMatch(/Other metrics, 4 comparisons.* Segments, 8 comparisons, are another one by Holm\./);
    expect(zh).toContain("主要指标的 2 项比较相互校正（Holm 法）");
    expect(of(plain, "many")[0]).toContain("one comparison: nothing to correct");
  });

  it("say which look it is, what could be missed, and which seed there was", () => {
    const again = buildReport({ ...experiment([0.6, 0.62], 200), alpha: 0.02, look: { number: 2, alpha: 0.05 } });
    expect(of(again, "looks")[0]).toContain(
      "look 2 at this question. All looks together may err in 5 %, this one in 2 %.",
    );
    expect(of(plain, "looks")[1]).toContain("第一次查看。允许的错误率：5 %");
    expect(of(again, "power")[0]).toMatch(
      /a true difference of \d+(\.\d)? points would be found in four of five tries/,
    );
    expect(of(again, "power")[0]).toMatch(/About \d+ more cases would settle it/);
    expect(of(plain, "seeds")[0]).toContain("Seed 1 drew");
  });

  it("are fewer where there is nothing to compare with", () => {
    const single = buildReport(experiment([0.6], 40));
    expect(sayAnswers(single, "en").map(({ key }) => key)).toEqual(["compared", "rows", "left-out", "method", "seeds"]);
    expect(of(single, "compared")[0]).toContain("Nothing: there is one variant");
  });
});
