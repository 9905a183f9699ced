import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom } from "@/runtime/fine-tuning/seeded-random";
import { normalFrom, plainFrame } from "@/runtime/testing/simulated-worlds";
import { labelAccuracy } from "../scorers/label/accuracy";
import { clusterMean } from "../statistics/cluster-mean";
import { corpusFinding } from "./corpus-finding";
import { corpusJackknife } from "./corpus-jackknife";
import { meanEstimate } from "./estimate";
import { type Frame, frameOf } from "./evidence";
import { findingOf } from "./find";
import { accuracy, latency } from "./report-fixture";

const unit = { ...accuracy, scale: "unit" as const };
const grouped = (sizes: readonly number[]): Frame =>
  frameOf(
    sizes.flatMap((size, group) =>
      Array.from({ length: size }, () => ({ weight: 1, tags: [], split: null, group: String(group) })),
    ),
  );
const numbers = (values: readonly number[]) =>
  findingOf(Float64Array.from(values), plainFrame(values.length), { kind: "mean", definition: latency });
const scores = (values: readonly number[], frame = plainFrame(values.length)) =>
  findingOf(Float64Array.from(values), frame, { kind: "mean", definition: unit });

const recall = labelAccuracy.metrics.find(({ key }) => key === "recall")?.corpus;
const parts = (labels: readonly (readonly [string, string])[]) => ({
  parts: labels.map(([actual, predicted]) => ({ actual, predicted })),
  rows: Int32Array.from(labels.keys()),
  shares: new Float64Array(labels.length).fill(1),
});
const macro = (own: readonly (readonly [string, string])[], other: readonly (readonly [string, string])[]) => {
  const known = recall && corpusJackknife(recall, [parts(own), parts(other)], plainFrame(own.length));
  if (!known) throw new Error("There is no such metric.");
  return { known, finding: corpusFinding(known, own.length, () => null) };
};

describe("rows that did not change", () => {
  it.each([3, 5, 10, 20, 100])("allow %i of them a difference beyond a point, whatever the metric", (rows) => {
    const right = Array.from({ length: rows }, () => ["yes", "yes"] as const);
    for (const finding of [macro(right, right).finding, scores(new Array<number>(rows).fill(0))]) {
      const { low, high } = finding?.interval(0.05) ?? { low: 0, high: 0 };
      expect(low).toBeLessThan(-0.01);
      expect(high).toBeGreaterThan(0.01);
      expect(finding?.pValue).toBe(1);
    }
  });
  it("allow no less where a few changed by next to nothing", () => {
    const { low } = scores([0.001, -0.001, 0.0005, 0, 0, 0, 0, 0, 0, 0])?.interval(0.05) ?? {};
    expect(low).toBeLessThan(-0.2);
  });
  it("allow a rare label as much as so few rows of it do", () => {
    const rows = Array.from({ length: 200 }, (_, row) => (row < 6 ? "rare" : "usual")).map(
      (each) => [each, each] as const,
    );
    const { low } = macro(rows, rows).finding.interval(0.05);
    // Half of what none of six allows.
    expect(low).toBeLessThan(-0.19);
  });
});

describe("metrics of all rows", () => {
  it("are jackknifed as if every row were left out, though rows of one kind are left out once", () => {
    const random = seededRandom(3);
    const label = () => ["a", "b", "c"][Math.floor(random() * 3)] as string;
    const rows = Array.from({ length: 40 }, () => [label(), label(), label()] as const);
    const own = rows.map(([actual, first]) => [actual, first] as const);
    const other = rows.map(([actual, , second]) => [actual, second] as const);
    const { known } = macro(own, other);
    const value = (skip: number) => {
      const times = rows.map((_, row) => (row === skip ? 0 : 1));
      return (recall?.(parts(own).parts, times) ?? 0) - (recall?.(parts(other).parts, times) ?? 0);
    };
    const left = rows.map((_, row) => value(row));
    const mean = left.reduce((sum, each) => sum + each, 0) / 40;
    const variance = (39 / 40) * left.reduce((sum, each) => sum + (each - mean) ** 2, 0);
    expect(known.value).toBeCloseTo(value(-1), 12);
    expect(clusterMean(known.sample).error).toBeCloseTo(Math.sqrt(variance), 9);
    expect(known.moved).toBe(rows.filter(([, first, second]) => first !== second).length);
  });
});

describe("numbers without bounds", () => {
  it("are not judged by their mean before one row in twenty has been seen", () => {
    const finding = numbers(new Array(60).fill(0).map((_, row) => -50 + (row % 5)));
    expect(finding).toMatchObject({ pValue: 1, cautions: ["few-for-mean"], sequence: null });
    expect(finding?.interval(0.05)).toEqual({ low: null, high: null });
    expect(finding?.typical?.interval(0.05)).toEqual({ low: -49, high: -47 });
  });
  it("are not judged by a mean that a few rows carry", () => {
    const finding = numbers(Array.from({ length: 100 }, (_, row) => (row < 2 ? 5_000 : -50 - (row % 7))));
    expect(finding).toMatchObject({ pValue: 1, cautions: ["mean-of-few"] });
    expect(finding?.typical?.value).toBeLessThan(-50);
  });
  it("are judged where all rows differ by the same", () => {
    const { low, high } = numbers(new Array<number>(100).fill(5))?.interval(0.05) ?? {};
    expect(low).toBeGreaterThan(4);
    expect(high).toBeLessThan(6);
  });
});

describe("groups of different size", () => {
  const shares = (sizes: readonly number[], experiments: number, frame = grouped(sizes)) => {
    const random = seededRandom(5);
    const normal = normalFrom(random);
    let [wrong, early] = [0, 0];
    for (let each = 0; each < experiments; each += 1) {
      const values = sizes.flatMap((size) => {
        const shared = 0.15 * normal();
        return Array.from({ length: size }, () => Math.min(1, Math.max(-1, shared + 0.05 * normal())));
      });
      const finding = scores(values, frame);
      if ((finding?.pValue ?? 1) <= 0.05) wrong += 1;
      const bounds = finding?.sequence?.(0.05);
      if (bounds && (bounds.low > 0 || bounds.high < 0)) early += 1;
    }
    return { wrong: wrong / experiments, early: early / experiments };
  };
  it.each([
    ["one of a hundred rows among forty single ones", [100, ...new Array<number>(40).fill(1)]],
    ["four uneven ones", [60, 20, 15, 5]],
    ["one to five rows", Array.from({ length: 40 }, (_, group) => 1 + (group % 5))],
  ])("%s call no difference by chance", (_, sizes) => {
    const { wrong, early } = shares(sizes, 400);
    expect(wrong).toBeLessThan(0.055 + 3.5 * Math.sqrt((0.05 * 0.95) / 400));
    expect(early).toBeLessThan(0.05);
  });
  it("say so where one holds over a tenth", () => {
    const sizes = [100, ...new Array<number>(40).fill(1)];
    expect(
      scores(
        sizes.flatMap((size) => new Array<number>(size).fill(0)),
        grouped(sizes),
      )?.cautions,
    ).toEqual(["large-group"]);
  });
  it.each([3, 5, 10])("a share over %i of them holds the truth", (groups) => {
    const random = seededRandom(groups);
    const frame = grouped(new Array<number>(groups).fill(10));
    let inside = 0;
    for (let each = 0; each < 400; each += 1) {
      const values = Float64Array.from(
        Array.from({ length: groups }, () => 0.5 + 0.4 * (2 * random() - 1)).flatMap((share) =>
          Array.from({ length: 10 }, () => (random() < share ? 1 : 0)),
        ),
      );
      const about = { variant: 0, total: values.length, scale: "binary", alpha: 0.05 } as const;
      const { low, high } = meanEstimate(values, frame, about).estimate ?? {};
      if ((low ?? 1) <= 0.5 && 0.5 <= (high ?? 0)) inside += 1;
    }
    expect(inside / 400).toBeGreaterThan(0.92);
  });
});

it("few rows that only one side has right are counted exactly", () => {
  const wins = (won: number, lost: number) =>
    findingOf(
      Float64Array.from({ length: 100 }, (_, row) => (row < won ? 1 : row < won + lost ? -1 : 0)),
      plainFrame(100),
      { kind: "mean", definition: accuracy },
    );
  expect(wins(5, 0)?.pValue).toBeCloseTo(0.0625, 12);
  expect(wins(7, 1)).toMatchObject({ test: { name: "mcnemar-exact" } });
  expect(wins(7, 1)?.pValue).toBeGreaterThan(0.05);
  expect(wins(20, 5)).toMatchObject({ test: { name: "mcnemar-mid-p" } });
});

it("an interval leaves out 0 exactly where the test says so, at any level", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(-1, -0.5, -1 / 3, 0, 0, 0.25, 0.6, 1), { minLength: 1, maxLength: 90 }),
      fc.constantFrom(0.2, 0.05, 0.01),
      fc.boolean(),
      (values, alpha, bounded) => {
        const finding = bounded ? scores(values) : numbers(values);
        const { low, high } = finding?.interval(alpha) ?? { low: null, high: null };
        expect((low ?? -1) > 0 || (high ?? 1) < 0).toBe((finding?.pValue ?? 1) <= alpha);
      },
    ),
    { numRuns: 300 },
  );
});
