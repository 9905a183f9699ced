import { beforeEach, describe, expect, it } from "vitest";
import type { RunEvent } from "@/runtime/run/events";
import { compareLimits } from "./compare-limits";
import { type CompareJob, type CompareRunner, createCompareRunner } from "./compare-runner";
import { type CompareStore, createCompareStore } from "./compare-store";

interface Started {
  readonly job: CompareJob;
  readonly begin: (runId: string) => void;
  readonly refuse: (error: unknown) => void;
}

const at = "2026-01-01T00:00:00.000Z";
const job = (key: string): CompareJob => ({ key, made: `made ${key}`, inputs: {}, overrides: [] });
/** Lets what was promised be told. */
const told = () => new Promise<void>((resolve) => setImmediate(resolve));

let store: CompareStore;
let runner: CompareRunner;
let started: Started[];
let watching: Map<string, { event: (event: RunEvent) => void; failed: (error: unknown) => void }>;
let cancelled: string[];
let cancel: (runId: string) => Promise<void>;
beforeEach(() => {
  store = createCompareStore([]);
  started = [];
  watching = new Map();
  cancelled = [];
  cancel = async () => undefined;
  runner = createCompareRunner(store, {
    start: (asked) =>
      new Promise((begin, refuse) => {
        started.push({ job: asked, begin, refuse });
      }),
    watch: (runId, on) => {
      watching.set(runId, on);
      return () => watching.delete(runId);
    },
    cancel: (runId) => {
      cancelled.push(runId);
      return cancel(runId);
    },
    readError: (error) => ({ code: String(error), reason: undefined, message: undefined, hint: undefined, data: {} }),
    requestFrame: (callback) => {
      callback();
      return () => undefined;
    },
  });
});

const cell = (key: string) => store.getState().cells.get(key);
const start = (runId: string) =>
  watching.get(runId)?.event({ type: "run-start", runId, seq: 0, at, graphHash: "h", inputs: {} });
const end = (runId: string, outcome: "success" | "aborted" = "success") =>
  watching
    .get(runId)
    ?.event(
      outcome === "success"
        ? { type: "run-end", runId, seq: 1, at, outcome, outputs: { answer: runId } }
        : { type: "run-end", runId, seq: 1, at, outcome, error: { code: "aborted", message: "Stopped." } as never },
    );
const begin = async (index: number, runId: string) => {
  started[index]?.begin(runId);
  await told();
};

describe("a comparison", () => {
  it("runs a few cells at once, in the order of asking, and the next when one has ended", async () => {
    const keys = Array.from({ length: compareLimits.atOnce + 2 }, (_, index) => `c${index}`);
    runner.run(keys.map(job));
    expect(started.map(({ job: { key } }) => key)).toEqual(keys.slice(0, compareLimits.atOnce));
    expect(cell(keys.at(-1) ?? "")?.phase).toBe("queued");
    await begin(0, "r0");
    start("r0");
    expect(cell("c0")).toMatchObject({ phase: "running", runId: "r0", run: { status: "running" } });
    end("r0");
    expect(cell("c0")).toMatchObject({ phase: "ended", made: "made c0", run: { outputs: { answer: "r0" } } });
    expect(watching.has("r0")).toBe(false);
    expect(started.at(-1)?.job.key).toBe(keys[compareLimits.atOnce]);
  });

  it("runs a cell once, however often it is asked for while it is under way, and anew afterwards", async () => {
    runner.run([job("a"), job("a")]);
    runner.run([job("a")]);
    expect(started).toHaveLength(1);
    await begin(0, "r0");
    start("r0");
    end("r0");
    runner.run([job("a")]);
    expect(started).toHaveLength(2);
    expect(cell("a")).toMatchObject({ phase: "starting", runId: null, run: { status: "pending" } });
  });

  it("puts a refusal into its cell and goes on", async () => {
    runner.run(["a", "b", "c", "d"].map(job));
    started[1]?.refuse("BAD_REQUEST");
    await told();
    expect(cell("b")).toMatchObject({ phase: "refused", error: { code: "BAD_REQUEST" } });
    expect(started.at(-1)?.job.key).toBe("d");
  });

  it("says where the connection was lost", async () => {
    runner.run([job("a")]);
    await begin(0, "r0");
    watching.get("r0")?.failed("OFFLINE");
    expect(cell("a")).toMatchObject({ phase: "refused", runId: "r0", error: { code: "OFFLINE" } });
  });
});

describe("stopping", () => {
  it("empties the line, stops what runs, and stops what was only just asked for as soon as it has begun", async () => {
    const keys = Array.from({ length: compareLimits.atOnce + 1 }, (_, index) => `c${index}`);
    runner.run(keys.map(job));
    await begin(0, "r0");
    start("r0");
    runner.cancel();
    expect(cell(keys.at(-1) ?? "")).toBeUndefined();
    expect(cancelled).toEqual(["r0"]);
    expect(cell("c1")?.phase).toBe("cancelling");
    await begin(1, "r1");
    expect(cancelled).toEqual(["r0", "r1"]);
    end("r0", "aborted");
    expect(cell("c0")).toMatchObject({ phase: "ended", run: { status: "aborted" } });
    expect(started).toHaveLength(compareLimits.atOnce);
  });

  it("goes on watching a run that could not be stopped, and can be asked again", async () => {
    runner.run([job("a")]);
    await begin(0, "r0");
    cancel = () => Promise.reject("OFFLINE");
    runner.cancel(["a"]);
    await told();
    expect(cell("a")).toMatchObject({ phase: "running", error: { code: "OFFLINE" } });
    cancel = async () => undefined;
    runner.cancel(["a"]);
    expect(cancelled).toEqual(["r0", "r0"]);
  });
});
