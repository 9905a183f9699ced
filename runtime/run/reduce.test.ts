import fc from "fast-check";
import { expect, test } from "vitest";
import { validDocument } from "@/runtime/testing/graph-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { testCatalog } from "@/runtime/testing/test-nodes";
import type { RunEvent, RunEventBody } from "./events";
import { initialRunState, pathKey, type RunState, reduce, reduceAll } from "./reduce";

const log = (...bodies: RunEventBody[]): RunEvent[] =>
  bodies.map((body, seq) => ({ ...body, runId: "r", seq, at: new Date(seq).toISOString() }));
const call = (more: Partial<Extract<RunEventBody, { type: "model-call" }>> = {}): RunEventBody => ({
  type: "model-call",
  path: ["a"],
  operation: "chat",
  endpoint: "e",
  model: "m",
  usage: { inputTokens: 3, outputTokens: 2 },
  costMicroUsd: 10,
  latencyMs: 1,
  firstTokenMs: 1,
  cached: false,
  ...more,
});
const start = (attempt = 1, path = ["a"]): RunEventBody => ({ type: "node-start", path, attempt, inputs: {} });
const delta = (text: string): RunEventBody => ({ type: "node-delta", path: ["a"], port: "text", delta: text });
const error = { code: "node-failed", message: "no" } as const;

test("folding a prefix and then the rest equals folding the whole, one by one or many at once", async () => {
  await fc.assert(
    fc.asyncProperty(validDocument, fc.nat(), async (document, cut) => {
      const { events } = await runPlan(planOf(document, testCatalog), { q: "hi" });
      const at = cut % (events.length + 1);
      const whole = reduceAll(initialRunState, events);
      expect(reduceAll(reduceAll(initialRunState, events.slice(0, at)), events.slice(at))).toEqual(whole);
      expect(events.reduce(reduce, initialRunState)).toEqual(whole);
    }),
  );
});

test("an event seen already changes nothing, so a stream that resumes too early does no harm", () => {
  const events = log({ type: "run-start", graphHash: "h", inputs: {} }, start(), delta("a"), delta("b"));
  const state = reduceAll(initialRunState, events);
  expect(reduceAll(state, events)).toBe(state);
  expect(state.nodes.get("a")?.text).toEqual({ text: "ab" });
});

test("a new attempt voids the text of the one before and keeps what it cost", () => {
  const before = log(start(), delta("wrong"), call(), {
    type: "node-retry",
    path: ["a"],
    attempt: 1,
    error,
    delayMs: 5,
  });
  const waiting = reduceAll(initialRunState, before);
  expect(waiting.nodes.get("a")).toMatchObject({ status: "running", error });
  const again = log(
    start(),
    delta("wrong"),
    call(),
    { type: "node-retry", path: ["a"], attempt: 1, error, delayMs: 5 },
    start(2),
    delta("right"),
    call(),
  );
  expect(reduceAll(initialRunState, again).nodes.get("a")).toMatchObject({
    attempt: 2,
    text: { text: "right" },
    error: null,
    startedAt: "1970-01-01T00:00:00.000Z",
    totals: { modelCalls: 2, inputTokens: 6, outputTokens: 4, costMicroUsd: 20 },
  });
});

test("nodes that an event does not name keep their identity", () => {
  const two = reduceAll(initialRunState, log(start(1, ["a"]), start(1, ["b"])));
  const next = reduce(two, { ...delta("x"), runId: "r", seq: 2, at: "" } as RunEvent);
  expect(next.nodes.get("b")).toBe(two.nodes.get("b"));
  expect(two.nodes.get("a")?.text).toEqual({});
  expect(next.nodes.get("a")?.text).toEqual({ text: "x" });
});

const cost = (...calls: RunEventBody[]): RunState["totals"]["costMicroUsd"] =>
  reduceAll(initialRunState, log(...calls)).totals.costMicroUsd;

test("a sum with an unknown price is unknown, never less; a call refused before it counted costs nothing", () => {
  expect(cost()).toBe(0);
  expect(cost(call(), call({ costMicroUsd: 0 }))).toBe(10);
  expect(cost(call(), call({ costMicroUsd: null }))).toBeNull();
  expect(cost(call({ costMicroUsd: null }), call())).toBeNull();
  expect(cost(call({ costMicroUsd: null, usage: null, error }), call())).toBe(10);
});

test("follows a run from start to end", () => {
  const state = reduceAll(
    initialRunState,
    log(
      { type: "run-start", graphHash: "h", inputs: { q: 1 } },
      start(),
      { type: "log", path: ["a"], level: "info", message: "m" },
      { type: "node-end", path: ["a"], outcome: "success", outputs: { text: "t" }, cached: false, recovered: error },
      { type: "node-end", path: ["b"], outcome: "skipped", reason: "branch-not-taken" },
      { type: "node-end", path: ["c"], outcome: "failure", error },
      { type: "run-end", outcome: "failure", error },
    ),
  );
  expect(state).toMatchObject({ runId: "r", status: "failure", graphHash: "h", inputs: { q: 1 }, error, lastSeq: 6 });
  expect(state.endedAt).toBe("1970-01-01T00:00:00.006Z");
  expect(state.nodes.get("a")).toMatchObject({
    status: "success",
    outputs: { text: "t" },
    error,
    logs: [{ message: "m" }],
  });
  expect(state.nodes.get("b")).toMatchObject({ status: "skipped", skipReason: "branch-not-taken", startedAt: null });
  expect(state.nodes.get("c")).toMatchObject({ status: "failure", error });
});

test("a run that reached no output is empty, not a success", () => {
  const ended = (outputs: Record<string, unknown>) =>
    reduceAll(initialRunState, log({ type: "run-end", outcome: "success", outputs }));
  expect(ended({})).toMatchObject({ status: "empty", outputs: {}, error: null });
  expect(ended({ answer: "" }).status).toBe("success");
});

test("a node inside a frame has a key of its own", () => {
  expect(pathKey(["a"])).toBe("a");
  expect(pathKey(["map#1", "a"])).toBe("map#1/a");
});
