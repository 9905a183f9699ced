import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLabelParts } from "../contract/label-parts";
import { isPairScorer, type ScoredRun, type ScorerContext } from "../contract/scorer";
import { scorers } from "./catalog";
import type { ReadyScorer } from "./check-scorers";
import { metricsOf } from "./metrics-of";
import { scoreCell, scorePair } from "./score-cell";

const usage = { inputTokens: 1, outputTokens: 1 };
const context: ScorerContext = {
  signal: new AbortController().signal,
  chat: async ({ responseSchema }) => {
    const properties = (responseSchema?.properties ?? {}) as Record<string, { enum?: unknown[] }>;
    const json = Object.fromEntries(
      Object.entries(properties).map(([name, each]) => [name, each.enum?.[0] ?? "because"]),
    );
    return { text: JSON.stringify(json), outcome: null, usage, costMicroUsd: null };
  },
  embed: async ({ input }) => ({
    vectors: input.map((text) => [text.length, new Set(text).size, 1]),
    usage,
    costMicroUsd: null,
  }),
  moderate: async ({ input }) => ({
    results: input.map((text) => ({ flagged: text.includes("!"), scores: { rude: text.includes("!") ? 0.9 : 0.1 } })),
    usage,
    costMicroUsd: null,
  }),
  runPipeline: async () => ({ score: "0.5" }),
  words: async (text) => text.match(/\p{L}+/gu) ?? [],
  briefly: (work) => work(),
};
const run = (outputs: Record<string, unknown>, status: "success" | "failure" = "success"): ScoredRun => ({
  status,
  outputs,
  error: status === "failure" ? { code: "node-failed", message: "no" } : null,
  durationMs: 12,
  inputTokens: 3,
  outputTokens: 4,
  costMicroUsd: 5,
});
const ready = (scorer: (typeof scorers)[number], config: object = {}): ReadyScorer => ({
  spec: { id: "a", type: scorer.type, config: {} },
  scorer,
  config: scorer.config.parse(config) as Record<string, unknown>,
  output: "answer",
  expected: "wanted",
});

describe.each(scorers.map((scorer) => [scorer.type, scorer] as const))("%s", (type, scorer) => {
  it("speaks both languages and has usual settings", () => {
    for (const text of [scorer.title, scorer.summary, ...metricsOf(scorer).map(({ title }) => title)])
      for (const each of [text.en, text.zh]) expect(each).toMatch(/\S/);
    expect(scorer.config.safeParse({}).success).toBe(true);
    expect(type).toMatch(/^[a-z]+\/[a-z-]+$/);
    const keys = metricsOf(scorer).map(({ key }) => key);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("gives values within their scale for whatever a pipeline answers, and never throws", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.jsonValue(), fc.string({ unit: "grapheme" }), fc.constant(undefined)),
        fc.oneof(fc.jsonValue(), fc.string()),
        fc.boolean(),
        async (answer, wanted, fails) => {
          const given = run({ answer }, fails ? "failure" : "success");
          const row = { inputs: { question: "?" }, expected: { wanted }, tags: [] };
          if (isPairScorer(scorer)) {
            const preference = await scorePair(ready(scorer), row, [run({ answer: "x" }), given], context);
            if (preference?.value != null) expect(Math.abs(preference.value)).toBeLessThanOrEqual(1);
            return;
          }
          const score = await scoreCell(ready(scorer), row, given, context);
          if (score === null) return;
          JSON.stringify(score);
          const metrics = new Map(scorer.metrics.map((metric) => [metric.key, metric]));
          for (const [key, value] of Object.entries(score.values)) {
            const metric = metrics.get(key);
            expect(metric, key).toBeDefined();
            if (value === null) continue;
            if (metric?.scale === "binary") expect([0, 1]).toContain(value);
            if (metric?.scale === "unit") expect(value >= 0 && value <= 1).toBe(true);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  it("gives no better score to a run that failed than to one that answered as expected", async () => {
    if (isPairScorer(scorer) || scorer.asksPerson) return;
    const row = { inputs: {}, expected: { wanted: "12 apples" }, tags: [] };
    const [good, bad] = [
      await scoreCell(ready(scorer), row, run({ answer: "12 apples" }), context),
      await scoreCell(ready(scorer), row, run({}, "failure"), context),
    ];
    for (const { key, better } of scorer.metrics) {
      const [left, right] = [good?.values[key], bad?.values[key]];
      if (left == null || right == null) continue;
      expect(better === "higher" ? left >= right : left <= right, key).toBe(true);
    }
  });

  it("finds nothing right in a run that failed, also where nothing was expected", async () => {
    if (isPairScorer(scorer) || scorer.asksPerson) return;
    const score = await scoreCell(
      ready(scorer),
      { inputs: {}, expected: { wanted: "" }, tags: [] },
      run({}, "failure"),
      context,
    );
    for (const { key, scale, better } of scorer.metrics)
      if (better === "higher" && scale !== "number") expect(score?.values[key] ?? 0, key).toBe(0);
  });

  it("averages all rows without a value that is no number", async () => {
    if (isPairScorer(scorer)) return;
    const texts = ["12 apples", "no", "", "苹果 十二"];
    const parts: unknown[] = [];
    for (const wanted of texts)
      for (const answer of texts) {
        const score = await scoreCell(
          ready(scorer),
          { inputs: {}, expected: { wanted }, tags: [] },
          run({ answer }),
          context,
        );
        if (score?.parts !== undefined) parts.push(score.parts);
      }
    for (const { corpus } of scorer.metrics) {
      if (corpus === undefined) continue;
      expect(parts.length).toBeGreaterThan(0);
      const times = new Float64Array(parts.length).fill(1);
      const value = corpus(parts, times);
      expect(value).toBeGreaterThan(0);
      expect(value).toBeLessThanOrEqual(1);
      const twice = corpus(parts, times.fill(2));
      expect(twice).toBeCloseTo(value ?? Number.NaN, 12);
      expect(corpus(parts, times.fill(0)) ?? 0).toBe(0);
    }
    if (type === "label/accuracy") expect(parts.every(isLabelParts)).toBe(true);
  });
});
