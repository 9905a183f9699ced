import { describe, expect, it } from "vitest";
import { normaliseText } from "../normalise-text";
import { checkPairs } from "./check-pairs";
import { addToCurve, type Curve, mostPoints } from "./curve";
import { type ForecastInput, forecast } from "./forecast";
import { addEvent, emptyRecord, recordLimits } from "./training-record";

const told = (step: number, loss: number | null) => ({ step, loss, learningRate: 1e-4, memoryBytes: step });

describe("a live curve", () => {
  it("stays bounded over 100,000 steps, and keeps its highest and lowest loss", () => {
    let curve: Curve = { stride: 1, points: [] };
    for (let step = 1; step <= 100_000; step += 1)
      curve = addToCurve(curve, told(step, step === 70_001 ? 99 : step === 30_001 ? -1 : 2));
    expect(curve.points.length).toBeLessThanOrEqual(mostPoints);
    expect(curve.points.length).toBeGreaterThan(mostPoints / 3);
    expect(Math.max(...curve.points.map(({ most }) => most ?? 0))).toBe(99);
    expect(Math.min(...curve.points.map(({ least }) => least ?? 0))).toBe(-1);
    expect(curve.points.reduce((sum, { count }) => sum + count, 0)).toBe(100_000);
    expect(curve.points.at(-1)?.step).toBe(100_000);
  });

  it("forgets the steps that a resumed training tells again", () => {
    let curve: Curve = { stride: 1, points: [] };
    for (const step of [1, 2, 3, 4, 2]) curve = addToCurve(curve, told(step, step));
    expect(curve.points.map(({ step }) => step)).toEqual([1, 2]);
  });

  it("has no loss where none is a number", () => {
    expect(addToCurve({ stride: 1, points: [] }, told(1, null)).points[0]?.loss).toBeNull();
  });
});

describe("the record of a training", () => {
  it("counts what it does not understand and what it drops", () => {
    let record = addEvent(emptyRecord(), null);
    for (let step = 0; step < recordLimits.lines + 5; step += 1)
      record = addEvent(record, { type: "log", text: `${step}` });
    expect(record).toMatchObject({ unread: 1, dropped: 5 });
    expect(record.lines).toHaveLength(recordLimits.lines);
    expect(record.lines.at(-1)?.text).toBe(`${recordLimits.lines + 4}`);
  });

  it("cuts long answers and holds the latest of each prompt and step", () => {
    let record = addEvent(emptyRecord(), { type: "sample", step: 1, prompt: 0, text: "a" });
    record = addEvent(record, { type: "sample", step: 1, prompt: 0, text: "b".repeat(5_000) });
    expect(record.samples).toHaveLength(1);
    expect(record.samples[0]?.text.length).toBe(recordLimits.sampleCharacters + 1);
  });
});

describe("the forecast", () => {
  const seven: ForecastInput = {
    method: "lora",
    parameters: 6.74e9,
    layers: 32,
    hidden: 4_096,
    contextTokens: 2_048,
    batchSize: 4,
    gradientCheckpointing: false,
    gpuBytes: 24 * 2 ** 30,
    gpuName: "NVIDIA GeForce RTX 4090",
    tokens: 1_000_000,
    epochs: 3,
  };

  it("says what makes a job fit that does not", () => {
    const { fits, remedy } = forecast(seven);
    expect(fits).toBe(false);
    expect(remedy?.kind).toBe("gradient-checkpointing");
    expect(remedy?.memoryBytes).toBeLessThan(seven.gpuBytes);
    expect(forecast({ ...seven, gpuBytes: 12 * 2 ** 30 }).remedy?.kind).toBe("qlora");
    expect(forecast({ ...seven, gpuBytes: 2 ** 31 }).remedy?.kind).toBe("smaller-base");
    expect(forecast({ ...seven, gpuBytes: 80 * 2 ** 30 })).toMatchObject({ fits: true, remedy: null });
  });

  it("knows the time of GPUs whose speed is published, and says nothing of others", () => {
    expect(forecast(seven).seconds).toBeGreaterThan(60);
    expect(forecast({ ...seven, method: "full" }).seconds).toBeGreaterThan(forecast(seven).seconds ?? 0);
    expect(forecast({ ...seven, gpuName: "Something else" }).seconds).toBeNull();
  });
});

describe("the check of pairs", () => {
  const pair = (prompt: string, answer: string, heldOut = false) => ({ prompt, answer, heldOut });
  const kinds = (found: ReturnType<typeof checkPairs>) => found.map(({ kind }) => kind);

  it("stops a job that can learn nothing", () => {
    expect(checkPairs([], new Set(), [])[0]).toMatchObject({ kind: "no-rows", severity: "error" });
    expect(checkPairs([pair("a", " "), pair("b", "")], new Set(), [])[0]).toMatchObject({
      kind: "no-rows",
      severity: "error",
    });
    const one = checkPairs([pair("a", "Yes"), pair("b", "yes")], new Set(), [])[0];
    expect(one).toMatchObject({ kind: "one-answer", severity: "error" });
  });

  it("finds doubles, contradictions, leaks and personal data", () => {
    const pairs = [
      pair("a", "1"),
      pair("A ", "1"),
      pair("b", "1"),
      pair("b", "2"),
      pair("c", "3"),
      pair("c", "3", true),
      pair("d", "4"),
    ];
    const found = checkPairs(pairs, new Set([normaliseText("D")]), [6]);
    expect(kinds(found)).toEqual(
      expect.arrayContaining([
        "contradictions",
        "duplicates",
        "held-out-leaks",
        "evaluation-leaks",
        "personal-data",
        "few-rows",
      ]),
    );
    expect(found.find(({ kind }) => kind === "duplicates")?.count).toBe(2);
    expect(found.every(({ severity }) => severity === "warning")).toBe(true);
  });
});
