import { describe, expect, it } from "vitest";
import { mcNemarExact as mcNemar } from "@/runtime/eval/statistics/mcnemar";
import { wilson } from "@/runtime/eval/statistics/wilson";
import { comparePredictions } from "./compare-predictions";
import { evaluate } from "./evaluate";
import { fitTemperature } from "./fit-temperature";
import { bootstrap } from "./intervals";

describe("measuring", () => {
  it("gives precision, recall and F1 as they are worked out by hand", () => {
    const pairs = [
      [0, 0],
      [0, 0],
      [0, 1],
      [1, 1],
      [1, 0],
      [-1, 1],
    ] as const;
    const { labels, accuracy, majority, confusion, macroF1 } = evaluate(
      ["a", "b"],
      pairs.map(([actual, predicted]) => ({ actual, predicted, confidence: 0.9 })),
    );
    expect(accuracy.value).toBe(0.5);
    expect(majority).toBe(0.5);
    expect(labels[0]).toEqual({ label: "a", support: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 });
    expect(labels[1]).toEqual({ label: "b", support: 2, precision: 1 / 3, recall: 1 / 2, f1: 0.4 });
    expect(macroF1.value).toBeCloseTo((2 / 3 + 0.4) / 2);
    expect(confusion[0]).toEqual([0, 0, 2]);
  });

  it("knows the textbook's interval of Wilson", () => {
    // Newcombe 1998, table I: 15 of 148.
    const { low, high } = wilson(15, 148);
    expect(low).toBeCloseTo(0.0624, 3);
    expect(high).toBeCloseTo(0.1605, 3);
    expect(wilson(0, 0)).toEqual({ value: 0, low: 0, high: 1 });
  });

  it("draws an interval that holds the value, the same for the same seed", () => {
    const mean = (times: Uint16Array) => times.reduce((sum, count, row) => sum + count * (row % 2), 0) / times.length;
    const estimate = bootstrap(400, mean);
    expect(estimate.low).toBeLessThan(0.5);
    expect(estimate.high).toBeGreaterThan(0.5);
    expect(estimate.high - estimate.low).toBeCloseTo(2 * 1.96 * 0.025, 1);
    expect(bootstrap(400, mean)).toEqual(estimate);
  });

  it("is calibrated where confidence and share of right answers agree", () => {
    const judged = (right: number) =>
      Array.from({ length: 100 }, (_, row) => ({ actual: row < right ? 0 : 1, predicted: 0, confidence: 0.75 }));
    expect(evaluate(["a", "b"], judged(75)).calibration.error).toBeCloseTo(0);
    expect(evaluate(["a", "b"], judged(25)).calibration.error).toBeCloseTo(0.5);
  });

  it("finds the temperature that overconfident scores were sharpened by", () => {
    const targets = Int32Array.from({ length: 400 }, (_, row) => (row % 4 === 0 ? 1 : 0));
    // Three in four are label 0: its log-odds are ln 3. Sharpened threefold.
    const scores = Array.from(targets, () => Float32Array.of(3 * Math.log(3), 0));
    expect(fitTemperature(scores, targets)).toBeCloseTo(3, 1);
  });
});

describe("comparing two versions", () => {
  const say = (predicted: string, text = predicted) => ({ text, actual: "a", predicted, confidence: 1 });
  it("counts what was mended and broken among common rows", () => {
    const before = [say("b", "1"), say("a", "2"), say("b", "3"), say("a", "only before"), say("a", "4")];
    const after = [say("a", "1"), say("b", "2"), say("c", "3"), say("a", "only after"), say("a", "4")];
    const comparison = comparePredictions(before, after);
    expect(comparison).toMatchObject({ shared: 4, mended: 1, broken: 1, otherwise: 1, pValue: 1 });
    expect(comparison.flips.map(({ text }) => text)).toEqual(["2", "1", "3"]);
    expect(comparison.confusions).toContainEqual({ actual: "a", predicted: "c", before: 0, after: 1 });
  });

  it.each([
    [0, 0, 1],
    [0, 5, 0.0625],
    [1, 9, 0.021484375],
    [10, 10, 1],
  ])("McNemar's exact test of %d against %d is %d", (broken, mended, p) => {
    expect(mcNemar(broken, mended)).toBeCloseTo(p, 9);
  });

  it("stays a number for many flips", () => {
    expect(mcNemar(20_000, 20_400)).toBeCloseTo(0.047, 2);
  });
});
