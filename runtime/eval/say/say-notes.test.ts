import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import type { ReportInput } from "../contract/report-input";
import { buildReport } from "../report/build-report";
import { experiment } from "../report/report-fixture";
import { sayNotes } from "./say-notes";
import { sayVerdict } from "./say-verdict";

const said = (input: ReportInput) => {
  const report = buildReport(input);
  return { report, en: sayNotes(report, "en"), zh: sayNotes(report, "zh") };
};

/** A second variant that is better on even rows and worse on odd ones, by so much. */
const opposite = (by: number): ReportInput => {
  const random = seededRandom(5);
  const input = experiment([0.5, 0.5], 600);
  const cells = input.cells.map((cell) => {
    const share = 0.6 + (cell.variant === 0 ? 0 : cell.row % 2 === 0 ? by : -by);
    return { ...cell, scores: { labels: { values: { right: random() < share ? 1 : 0 } } } };
  });
  const scorers = input.scorers.map((each) => ({ ...each, metrics: each.metrics.slice(0, 1) })).slice(0, 1);
  return { ...input, cells, scorers };
};

describe("what stands beside a verdict", () => {
  it("names who may be as good as the best, and what the best of several is likely to gain", () => {
    const { report, en, zh } = said(experiment([0.4, 0.68, 0.7, 0.45], 400));
    expect(report.verdict).toMatchObject({ kind: "better", variant: 2 });
    expect(report.best).toMatchObject({ variants: [1, 2], leader: 2 });
    const { difference } = report.verdict;
    expect(report.best?.gain).toBeLessThan(difference?.value ?? 0);
    expect(report.best?.gain).toBeGreaterThan(0);
    expect(en).toEqual([
      "Variant 1 may be as good: nothing shows that Variant 2 is better than it.",
      expect.stringMatching(/^The best of 4 is partly lucky: next time, about \+[\d.]+ points is more likely\.$/),
    ]);
    expect(zh).toEqual([
      "“Variant 1”可能同样好：无法确定“Variant 2”更好。",
      expect.stringMatching(/^从 4 个变体中选出最好的，难免带有运气：下次的差异更可能约为 \+[\d.]+ 个百分点。$/),
    ]);
  });

  it("says nothing of a winner that stands alone, of two variants, or while answers are missing", () => {
    expect(said(experiment([0.5, 0.7], 300))).toMatchObject({ en: [], zh: [] });
    expect(said(experiment([0.3, 0.9, 0.4], 300)).report.best?.variants).toEqual([1]);
    const input = experiment([0.4, 0.68, 0.7], 300);
    expect(said({ ...input, cellsTotal: input.cellsTotal + 3 }).report.best).toBeUndefined();
  });

  it("tells where a variant does the opposite, once, and only where that is sure", () => {
    const { report, en, zh } = said(opposite(0.2));
    expect(report.interactions).toHaveLength(1);
    expect(en[0]).toMatch(
      /^Variant 1 does not do the same everywhere: [+−][\d.]+ points on “(even|odd)” \(300 cases\), [+−][\d.]+ points on the others\.$/,
    );
    expect(zh[0]).toMatch(/^“Variant 1”并非处处如此：在“(even|odd)”上 [+−][\d.]+ 个百分点（300 个用例），在其余用例上/);
    expect(said(opposite(0)).report.interactions).toBeUndefined();
  });

  it("tells how often the same was asked", () => {
    const { report, en, zh } = said({ ...experiment([0.5, 0.7], 300), alpha: 0.003, look: { number: 2, alpha: 0.05 } });
    expect(report.confidence).toBe(0.95);
    expect(report.verdict.cautions).toContain("follow-up");
    expect(sayVerdict(report, "en")).toContain("99.7 % interval");
    expect(en).toEqual(["This is look 2 at the same question, so it has to be surer."]);
    expect(zh).toEqual(["这是对同一问题的第 2 次查看，因此所要求的把握更高。"]);
  });

  it("says what the number of cases assumes, and that it is for the margin where one is set", () => {
    const open = experiment([0.5, 0.55], 60);
    expect(sayVerdict(buildReport(open), "en")).toMatch(
      /^Inconclusive: if the difference stays as seen, about \d+ more cases would settle it in four of five tries \(/,
    );
    expect(sayVerdict(buildReport(open), "zh")).toMatch(
      /^尚无定论：若差异保持如此，再加约 \d+ 个用例有八成把握见分晓（/,
    );
    const margin = { ...experiment([0.55, 0.55], 100), margin: 0.08 };
    expect(sayVerdict(buildReport(margin), "en")).toMatch(
      /more cases would show whether it is not worse in four of five/,
    );
    expect(sayVerdict(buildReport(margin), "zh")).toMatch(/个用例有八成把握得出是否不更差的结论/);
  });
});
