import { describe, expect, it } from "vitest";
import type { RunEvent, RunEventBody } from "@/runtime/run/events";
import { createFrameBatch } from "./frame-batch";
import { createRunStore } from "./run-store";

const event = (runId: string, seq: number, body: RunEventBody): RunEvent => ({
  ...body,
  runId,
  seq,
  at: new Date(seq).toISOString(),
});
const start: RunEventBody = { type: "run-start", graphHash: "h", inputs: {} };
const delta = (text: string): RunEventBody => ({ type: "node-delta", path: ["a"], port: "text", delta: text });
const begin: RunEventBody = { type: "node-start", path: ["a"], attempt: 1, inputs: {} };

describe("run store", () => {
  it("folds events into the state and keeps all but the deltas for the waterfall", () => {
    const store = createRunStore();
    store.getState().begin("r");
    store.getState().take([event("r", 0, start), event("r", 1, begin), event("r", 2, delta("he"))]);
    store.getState().take([event("r", 3, delta("y"))]);
    const { current, phase } = store.getState();
    expect(phase).toBe("running");
    expect(current?.state.nodes.get("a")?.text).toEqual({ text: "hey" });
    expect(current?.events.map(({ type }) => type)).toEqual(["run-start", "node-start"]);
  });

  it("takes an event once, however often a resumed stream repeats it", () => {
    const store = createRunStore();
    store.getState().begin("r");
    store.getState().take([event("r", 0, start), event("r", 1, begin)]);
    store.getState().take([event("r", 1, begin), event("r", 2, delta("x"))]);
    expect(store.getState().current?.events).toHaveLength(2);
  });

  it("leaves events of another run alone", () => {
    const store = createRunStore();
    store.getState().begin("r2");
    store.getState().take([event("r1", 0, start)]);
    expect(store.getState().current?.state.lastSeq).toBe(-1);
  });

  it("ends with run-end and keeps the former run for comparison", () => {
    const store = createRunStore();
    store.getState().begin("r1");
    store
      .getState()
      .take([event("r1", 0, start), event("r1", 1, { type: "run-end", outcome: "success", outputs: {} })]);
    expect(store.getState().phase).toBe("ended");
    store.getState().begin("r2");
    expect(store.getState().former?.runId).toBe("r1");
    expect(store.getState().phase).toBe("running");
  });

  it("does not keep a run that never said anything", () => {
    const store = createRunStore();
    store.getState().begin("r1");
    store.getState().begin("r2");
    expect(store.getState().former).toBeNull();
  });
});

describe("frame batch", () => {
  it("delivers in order, once a frame", () => {
    const delivered: number[][] = [];
    const frames: (() => void)[] = [];
    const batch = createFrameBatch<number>(
      (items) => delivered.push([...items]),
      (callback) => {
        frames.push(callback);
        return () => {};
      },
    );
    batch.push(1);
    batch.push(2);
    expect(delivered).toEqual([]);
    expect(frames).toHaveLength(1);
    frames[0]?.();
    batch.push(3);
    batch.flush();
    expect(delivered).toEqual([[1, 2], [3]]);
  });
});
