import { describe, expect, it } from "vitest";
import { locales } from "@/runtime/node/localized";
import { buildReport } from "../report/build-report";
import { experiment } from "../report/report-fixture";
import { gateSpec } from "./gate-spec";
import { isPassed, judgeGate } from "./judge-gate";
import { sayAsked, saySeen } from "./say-gate";

const spec = (requirement: object) =>
  gateSpec.parse({
    scorers: [{ id: "labels", type: "label/accuracy" }],
    requirements: [{ metric: "labels.right", ...requirement }],
  });
const gateSpecOf = (id: string) =>
  gateSpec.parse({ scorers: [{ id, type: "run/latency" }], requirements: [{ metric: `${id}.duration`, ceiling: 1 }] });
const judge = (shares: readonly number[], rows: number, requirement: object, more: object = {}) =>
  judgeGate(spec(requirement), buildReport({ ...experiment(shares, rows), ...more }));

describe("a gate", () => {
  it("is passed by what is surely not worse, and not by what surely is", () => {
    expect(isPassed(judge([0.5, 0.7], 400, { margin: 0.02 }))).toBe(true);
    const [worse] = judge([0.7, 0.5], 400, { margin: 0.02 });
    expect(worse).toMatchObject({ holds: false, doubt: null });
  });

  it("stays closed where nobody can say", () => {
    const [unsure] = judge([0.6, 0.6], 20, { margin: 0.01 });
    expect(unsure).toMatchObject({ holds: null, doubt: "too-few-rows" });
    const rows = 20 + (judge([0.6, 0.6], 20, { margin: 0.2 })[0]?.moreRows ?? 0);
    if (rows > 20) expect(judge([0.6, 0.6], 2 * rows, { margin: 0.2 })[0]).toMatchObject({ holds: true });
    expect(isPassed([])).toBe(false);
    const [partial] = judge([0.5, 0.9], 100, { floor: 0.1 }, { cellsTotal: 500 });
    expect(partial).toMatchObject({ holds: null, doubt: "incomplete" });
    const [unknown] = judgeGate(
      { ...spec({ floor: 0 }), requirements: [{ metric: "labels.gone", margin: null, floor: 0, ceiling: null }] },
      buildReport(experiment([0.5, 0.9], 50)),
    );
    expect(unknown).toMatchObject({ holds: null, doubt: "no-value" });
  });

  it("asks nothing of a comparison while nothing is live, and holds floors against what was seen", () => {
    const results = judge([0.8], 200, { margin: 0.01, floor: 0.7, ceiling: 0.75 });
    expect(results.map(({ holds }) => holds)).toEqual([true, true, false]);
  });

  it("is not passed by a candidate that is fast because it fails", () => {
    const input = experiment([0.5, 0.5], 200);
    const time = { metric: "time.duration", margin: 50, floor: null, ceiling: 1_200 };
    const asked = { ...gateSpecOf("time"), requirements: [time] };
    const cells = input.cells.map((cell) =>
      cell.variant === 1 && cell.row >= 5
        ? { ...cell, status: "failure" as const, scores: { ...cell.scores, time: { values: { duration: null } } } }
        : cell,
    );
    expect(judgeGate(asked, buildReport({ ...input, cells })).map(({ doubt }) => doubt)).toEqual([
      "failed-runs",
      "failed-runs",
    ]);
    const alone = {
      ...experiment([0.5], 200),
      cells: cells.filter(({ variant }) => variant === 1).map((cell) => ({ ...cell, variant: 0 })),
    };
    expect(isPassed(judgeGate(asked, buildReport(alone)))).toBe(false);
  });

  it("does not count a judge that nobody has accepted", () => {
    const input = experiment([0.5, 0.9], 200);
    const scorers = input.scorers.map((scorer) => ({ ...scorer, counts: scorer.id !== "labels" }));
    expect(judge([0.5, 0.9], 200, { margin: 0.02 }, { scorers })[0]).toMatchObject({
      holds: null,
      doubt: "judge-not-accepted",
    });
  });

  it("says what was asked and seen in both languages", () => {
    const results = judge([0.6, 0.6], 20, { margin: 0.02, floor: 0.9 });
    expect(sayAsked(results[0] as never, "en")).toBe("Right: not worse than live by more than 2 points");
    expect(saySeen(results[0] as never, "en")).toMatch(/too few independent rows to be sure/);
    expect(sayAsked(results[1] as never, "zh")).toBe("Right：不低于 90 %");
    for (const locale of locales) for (const result of results) expect(saySeen(result, locale)).toMatch(/%/);
  });
});
