import { describe, expect, it } from "vitest";
import { preferenceMetric } from "../contract/scorer";
import { lookUp, methods } from "../say/glossary";
import { buildReport } from "./build-report";
import { experiment } from "./report-fixture";

const judged = (preferred: readonly (readonly number[])[]) => {
  const base = experiment([0.5, 0.5, 0.5, 0.5], 60);
  const pairs = preferred.flatMap((values, place) =>
    values.map((value, row) => ({ scorerId: "judge", variant: place + 1, row, repeat: 0, value })),
  );
  const scorer = {
    id: "judge",
    title: { en: "Judge", zh: "评审" },
    metrics: [preferenceMetric],
    pairwise: true,
    counts: true,
  };
  return buildReport({ ...base, scorers: [...base.scorers, scorer], pairs });
};
const of = (wins: number, losses: number) => [
  ...new Array<number>(wins).fill(1),
  ...new Array<number>(losses).fill(-1),
  ...new Array<number>(60 - wins - losses).fill(0),
];

describe("strengths by a judge of pairs", () => {
  it("are chances to be preferred to the baseline, ties being half a win, with intervals", () => {
    const [strengths] = judged([of(30, 10), of(10, 30), of(20, 20)]).strengths ?? [];
    expect(strengths).toMatchObject({ metric: "judge.preference", clusters: 60 });
    expect(strengths?.confidence).toBeCloseTo(1 - 0.05 / 3, 12);
    const chances = strengths?.entries.map(({ chance }) => chance?.value ?? 0) ?? [];
    for (const [place, expected] of [0.5, 40 / 60, 20 / 60, 0.5].entries())
      expect(chances[place]).toBeCloseTo(expected, 9);
    const { low, high } = strengths?.entries[1]?.chance ?? {};
    expect(low).toBeGreaterThan(0.5);
    expect(high).toBeLessThan(0.8);
    expect(strengths?.entries[0]?.chance).toMatchObject({ low: null, high: null });
    expect(lookUp(methods, "bradley-terry").name.en).toBe("Bradley and Terry");
  });

  it("are not known for sure where all are drawn", () => {
    const [strengths] = judged([of(0, 0), of(0, 0), of(0, 0)]).strengths ?? [];
    const { low, high } = strengths?.entries[1]?.chance ?? {};
    expect(low).toBeLessThan(0.46);
    expect(high).toBeGreaterThan(0.54);
  });

  it("say who has no bounds, and are left out of two variants", () => {
    const [strengths] = judged([of(60, 0), of(0, 60), []]).strengths ?? [];
    expect(strengths?.entries.map(({ beyond }) => beyond)).toEqual([null, "above", "below", "apart"]);
    expect(buildReport(experiment([0.5, 0.5], 30)).strengths).toBeUndefined();
  });
});
