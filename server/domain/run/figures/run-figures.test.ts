import { expect, test } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import type { PublicView } from "@/runtime/run/public-events";
import { mostSteps, RunFigures, readFigures } from "./run-figures";

const began = Date.parse("2026-11-20T10:00:00.000Z");
const view: PublicView = { steps: new Map(), sources: new Map([["ask", new Map([["text", ["answer"]]])]]) };
const start: RunEventBody = { type: "run-start", graphHash: "h", inputs: {} };
const call = (path: readonly string[], more: object = {}): RunEventBody => ({
  type: "model-call",
  path,
  operation: "chat",
  endpoint: "e",
  model: "m",
  usage: { inputTokens: 10, outputTokens: 5 },
  costMicroUsd: 7,
  latencyMs: 50,
  firstTokenMs: 20,
  cached: false,
  ...more,
});
const begin = (...path: string[]): RunEventBody => ({ type: "node-start", path, attempt: 1, inputs: {} });
const end = (...path: string[]): RunEventBody => ({
  type: "node-end",
  path,
  outcome: "success",
  outputs: {},
  cached: false,
});
const fold = (events: readonly (readonly [ms: number, body: RunEventBody])[], seen: PublicView | null = view) => {
  const figures = new RunFigures(seen);
  events.forEach(([ms, body], seq) => {
    figures.note({ runId: "r", seq, at: new Date(began + ms).toISOString(), ...body } as RunEvent);
  });
  return readFigures(figures.write());
};
const delta = (node: string): RunEventBody => ({ type: "node-delta", path: [node], port: "text", delta: "…" });

test("first words are those of the answer, not those of a step that only thinks ahead", () => {
  const events = [
    [0, start],
    [1, begin("sort")],
    [5, delta("sort")],
    [9, end("sort")],
    [10, begin("ask")],
    [130, delta("ask")],
    [150, delta("ask")],
    [200, end("ask")],
  ] as const;
  expect(fold(events).firstTokenMs).toBe(130);
  expect(fold(events, null).firstTokenMs).toBeNull();
});

test("what runs in a container counts as the container, retries with the step, and a wait for people not at all", () => {
  const { steps, asked, calls, cachedCalls } = fold([
    [0, start],
    [0, begin("map")],
    [0, begin("map#0")],
    [0, begin("map#0", "inner")],
    [40, call(["map#0", "inner"])],
    [40, call(["map#1", "inner"], { cached: true, costMicroUsd: 0 })],
    [50, end("map#0", "inner")],
    [60, end("map#0")],
    [70, end("map")],
    [70, begin("review")],
    [80, { type: "node-paused", path: ["review"], questions: [] }],
    [90_000_000, begin("review")],
    [90_000_005, end("review")],
  ]);
  expect({ asked, calls, cachedCalls }).toEqual({ asked: true, calls: 2, cachedCalls: 1 });
  expect(steps.map(({ id, ms, calls: called, cachedCalls: cached }) => [id, ms, called, cached])).toEqual([
    ["map", 70, 2, 1],
    ["review", 15, 0, 0],
  ]);
});

test("a price that is not known leaves what is known, and says so of the step alone", () => {
  const { steps, knownCostMicroUsd } = fold([
    [0, start],
    [0, begin("a")],
    [1, call(["a"])],
    [2, end("a")],
    [2, begin("b")],
    [3, call(["b"], { costMicroUsd: null, usage: null })],
    [4, { type: "node-end", path: ["b"], outcome: "failure", error: { code: "node-timeout", message: "" } }],
  ]);
  expect(knownCostMicroUsd).toBe(7);
  expect(steps).toMatchObject([
    { id: "a", costMicroUsd: 7, isCostKnown: true, isUncounted: false, errorCode: null, firstTokenMs: 20 },
    { id: "b", costMicroUsd: 0, isCostKnown: false, isUncounted: true, errorCode: "node-timeout" },
  ]);
});

test("steps that took nothing are left out, and of very many the longest are kept", () => {
  expect(
    fold([
      [0, start],
      [3, begin("quick")],
      [3, end("quick")],
      [3, { type: "node-end", path: ["off"], outcome: "skipped", reason: "disabled" }],
    ]).steps,
  ).toEqual([]);
  const many = Array.from({ length: mostSteps + 50 }, (_, place) => [
    [0, begin(`step-${place}`)] as const,
    [place + 1, end(`step-${place}`)] as const,
  ]).flat();
  const { steps } = fold([[0, start], ...many]);
  expect(steps).toHaveLength(mostSteps);
  expect(steps[0]?.ms).toBe(mostSteps + 50);
});
