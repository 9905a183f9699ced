import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { traceRows } from "./trace-rows";

const log = (...steps: readonly (readonly [atMs: number, body: RunEventBody])[]): RunEvent[] =>
  steps.map(([atMs, body], seq) => ({ ...body, runId: "r", seq, at: new Date(1_000_000 + atMs).toISOString() }));

const start: RunEventBody = { type: "run-start", graphHash: "h", inputs: {} };
const failure = { code: "model-unavailable", message: "The endpoint did not answer." } as const;
const call = (more: Partial<Extract<RunEventBody, { type: "model-call" }>> = {}): RunEventBody => ({
  type: "model-call",
  path: ["chat"],
  operation: "chat",
  endpoint: "local",
  model: "tiny",
  usage: { inputTokens: 10, outputTokens: 5 },
  costMicroUsd: 30,
  latencyMs: 80,
  firstTokenMs: 20,
  cached: false,
  ...more,
});

describe("traceRows", () => {
  it("is empty before the first event", () => {
    expect(traceRows([])).toEqual({
      rows: [],
      status: "running",
      duration: 0,
      startedAt: null,
      variants: new Map(),
    });
  });

  it("names the variant that ran in place of a step's own settings", () => {
    const variants = [{ node: "chat", id: "v", label: "Kinder" }];
    expect(traceRows(log([0, { ...start, variants }])).variants).toEqual(new Map([["chat", "Kinder"]]));
    expect(traceRows(log([0, start])).variants.size).toBe(0);
  });

  it("puts each attempt, each model call and the first token on the run's clock", () => {
    const { rows, status, duration } = traceRows(
      log(
        [0, start],
        [10, { type: "node-start", path: ["chat"], attempt: 1, inputs: {} }],
        [40, { type: "node-retry", path: ["chat"], attempt: 1, error: failure, delayMs: 5 }],
        [50, { type: "node-start", path: ["chat"], attempt: 2, inputs: {} }],
        [140, call()],
        [150, { type: "node-end", path: ["chat"], outcome: "success", outputs: {}, cached: false }],
        [160, { type: "run-end", outcome: "success", outputs: { answer: "x" } }],
      ),
    );
    expect(status).toBe("success");
    expect(duration).toBe(160);
    expect(rows).toHaveLength(1);
    expect(rows[0]).toMatchObject({
      key: "chat",
      status: "success",
      start: 10,
      end: 150,
      inputTokens: 10,
      outputTokens: 5,
      costMicroUsd: 30,
      attempts: [
        { number: 1, start: 10, end: 40, error: failure },
        { number: 2, start: 50, end: 150 },
      ],
      calls: [{ start: 60, end: 140, firstToken: 80 }],
    });
  });

  it("keeps a running step open", () => {
    const { rows, status } = traceRows(
      log([0, start], [10, { type: "node-start", path: ["chat"], attempt: 1, inputs: {} }]),
    );
    expect(status).toBe("running");
    expect(rows[0]).toMatchObject({ status: "running", end: null, attempts: [{ end: null }] });
  });

  it("shows a skipped step that never started", () => {
    const { rows } = traceRows(
      log([0, start], [30, { type: "node-end", path: ["b"], outcome: "skipped", reason: "branch-not-taken" }]),
    );
    expect(rows[0]).toMatchObject({ status: "skipped", skipped: "branch-not-taken", start: 30, end: 30, attempts: [] });
  });

  it("does not invent a cost where one price is unknown", () => {
    const { rows } = traceRows(log([0, start], [90, call()], [180, call({ costMicroUsd: null })]));
    expect(rows[0]?.costMicroUsd).toBeNull();
  });

  it("does not let a failed call hide the price of the one that answered", () => {
    const { rows } = traceRows(
      log([0, start], [90, call({ costMicroUsd: null, usage: null, error: failure })], [180, call()]),
    );
    expect(rows[0]?.costMicroUsd).toBe(30);
  });

  it("tells two frames of one node apart", () => {
    const { rows } = traceRows(
      log(
        [0, start],
        [1, { type: "node-start", path: ["map#0", "chat"], attempt: 1, inputs: {} }],
        [2, { type: "node-start", path: ["map#1", "chat"], attempt: 1, inputs: {} }],
      ),
    );
    expect(rows.map((row) => row.key)).toEqual(["map#0/chat", "map#1/chat"]);
  });
});
