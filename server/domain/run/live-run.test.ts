import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ModelGateway } from "@/runtime/model/endpoint";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { Gate } from "@/runtime/testing/gate";
import { planOf } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { chatNode, testCatalog, valueNode } from "@/runtime/testing/test-nodes";
import type { Database } from "@/server/platform/db/database";
import { LiveRun } from "./live-run";
import { RunRecorder } from "./run-recorder";

const plan = planOf(
  buildDocument({ v: { type: valueNode.type, config: { value: "x" } }, c: { type: chatNode.type } }, [
    "v.value > c.prompt",
  ]),
  testCatalog,
);
const run = {
  id: "run-1",
  workspaceId: "w",
  pipelineId: "p",
  revisionId: "r",
  deploymentId: null,
  apiKeyId: null,
  trigger: "api" as const,
};

/** On the clock of the test. */
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const startOn = (models: ModelGateway, pace: "watched" | "behind", write: () => Promise<void> = async () => {}) =>
  new LiveRun({ run, plan, inputs: {}, models, services: {}, pace }, new RunRecorder({} as Database, write, pause));
const waiting = () => {
  const gate = new Gate();
  return { gate, models: new ScriptedGateway({ replies: ["a b"], gate: () => gate.wait() }) };
};
const last = (live: LiveRun) => live.soFar.at(-1);

beforeEach(() => void vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] }));
afterEach(() => void vi.useRealTimers());

describe("a run that somebody waits for", () => {
  it("is cancelled when the last of them has been gone for the grace time", async () => {
    const { gate, models } = waiting();
    const live = startOn(models, "behind");
    const [one, two] = [live.hold(1000), live.hold(1000)];
    await gate.reached;
    one();
    await vi.advanceTimersByTimeAsync(5000);
    expect(last(live)?.type).not.toBe("run-end");
    two();
    await vi.advanceTimersByTimeAsync(999);
    expect(last(live)?.type).not.toBe("run-end");
    await vi.advanceTimersByTimeAsync(1);
    await live.ended.promise;
    expect(last(live)).toMatchObject({ type: "run-end", outcome: "aborted" });
  });

  it("goes on when somebody comes back in time; letting go twice counts once", async () => {
    const { gate, models } = waiting();
    const live = startOn(models, "behind");
    const release = live.hold(1000);
    await gate.reached;
    release();
    await vi.advanceTimersByTimeAsync(900);
    const again = live.hold(1000);
    release();
    await vi.advanceTimersByTimeAsync(5000);
    gate.open();
    await live.ended.promise;
    again();
    expect(last(live)).toMatchObject({ type: "run-end", outcome: "success" });
  });
});

describe("a run that cannot be recorded", () => {
  it("is cancelled, its watchers are let go, and whoever started it is told", async () => {
    const said = vi.spyOn(console, "error").mockImplementation(() => {});
    const { models } = waiting();
    const live = startOn(models, "watched", () => Promise.reject(new Error("disk full")));
    const seen: RunEvent[] = [];
    const watcher = (async () => {
      for await (const event of live.events(-1)) seen.push(event);
    })();
    const begun = expect(live.begun()).rejects.toThrow("could not be stored");
    await vi.advanceTimersByTimeAsync(120_000);
    await Promise.all([begun, watcher, live.finished]);
    expect(seen).toEqual([]);
    expect(last(live)).toMatchObject({ type: "run-end", outcome: "aborted" });
    expect(said).toHaveBeenCalledOnce();
    said.mockRestore();
  });
});

it("a watched run shows an event only when it is stored, an answered one at once", async () => {
  const store = new Gate();
  for (const [pace, expected] of [
    ["behind", ["run-start", "node-start", "node-end", "node-start"]],
    ["watched", []],
  ] as const) {
    const { gate, models } = waiting();
    const live = startOn(models, pace, () => store.wait());
    const gone = new AbortController();
    const seen: string[] = [];
    const watcher = (async () => {
      for await (const { type } of live.events(-1, gone.signal)) seen.push(type);
    })();
    await gate.reached;
    await vi.advanceTimersByTimeAsync(500);
    expect(seen).toEqual(expected);
    gone.abort();
    await watcher;
    live.cancel();
    await live.ended.promise;
  }
  store.open();
});
