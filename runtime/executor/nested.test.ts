import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { z } from "zod";
import { flowLoop } from "@/nodes/flow/loop";
import { flowMap } from "@/nodes/flow/map";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import type { GraphDocument } from "@/runtime/graph/document";
import { frameLimits } from "@/runtime/node/body";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { initialRunState, pathKey, reduceAll } from "@/runtime/run/reduce";
import { buildDocument } from "@/runtime/testing/build-document";
import { containerDocument } from "@/runtime/testing/container-arbitrary";
import { Gate } from "@/runtime/testing/gate";
import { ManualTimers } from "@/runtime/testing/manual-timers";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { about, chatNode, testCatalog, valueNode } from "@/runtime/testing/test-nodes";

/** Fails for "bad" alone, so that the same item fails however often it is run. */
const pickyNode = defineNode({
  ...about("Picky"),
  type: "text/test-picky",
  config: z.object({}),
  inputs: { a: port.text() },
  outputs: { text: port.text() },
  examples: [{ name: "takes", config: {}, inputs: { a: "x" }, outputs: { text: "x" } }],
  run: async ({ inputs }) => {
    if (inputs.a.includes("bad")) throw new NodeFailure("node-failed", "It is bad.");
    return { text: inputs.a };
  },
});

const catalog = createCatalog([...testCatalog.nodes, ioInput, ioOutput, flowMap, flowLoop, pickyNode]);
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));
const paths = (events: readonly RunEvent[], type: RunEvent["type"]) =>
  events.flatMap((event) => (event.type === type && "path" in event ? [pathKey(event.path)] : []));

const itemBody = (
  step: Record<string, { type: string; config?: GraphDocument["nodes"][number]["config"] }>,
  wires: string[],
) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "item", maxLength: 1000 }] } },
      ...step,
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    wires,
  );
const picky = itemBody({ step: { type: pickyNode.type } }, ["in.item > step.a", "step.text > out.result"]);
const chat = itemBody({ chat: { type: chatNode.type } }, ["in.item > chat.prompt", "chat.text > out.result"]);

const mapOver = (
  items: readonly unknown[],
  body: GraphDocument,
  config: Record<string, string | number> = {},
  policy: Partial<NonNullable<GraphDocument["nodes"][number]["policy"]>> = {},
) =>
  buildDocument(
    {
      list: { type: valueNode.type, config: { value: [...items] as never } },
      map: { type: "flow/map", config, body, policy: { retries: 0, retryDelayMs: 0, onError: "stop", ...policy } },
      out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
    },
    ["list.value > map.items", "map.result > out.result"],
  );

describe("whatever lies in whatever", () => {
  test("sequence numbers have no gap, each started path ends once, and a part and the rest fold to the whole", async () => {
    await fc.assert(
      fc.asyncProperty(containerDocument, fc.nat(), async (document, cut) => {
        const { events, state } = await runPlan(planOf(document, catalog), { text: "hi" });
        expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
        const ends = paths(events, "node-end");
        expect(new Set(ends).size).toBe(ends.length);
        for (const started of new Set(paths(events, "node-start"))) expect(ends).toContain(started);
        expect(events.at(-1)?.type).toBe("run-end");
        const at = cut % (events.length + 1);
        const part = reduceAll(initialRunState, events.slice(0, at));
        expect(reduceAll(part, events.slice(at))).toEqual(state);
      }),
      { numRuns: 150 },
    );
  });

  test("a run cut off anywhere goes on from its log to the same end", async () => {
    await fc.assert(
      fc.asyncProperty(containerDocument, fc.nat(), async (document, cut) => {
        const plan = planOf(document, catalog);
        const { events, state } = await runPlan(plan, { text: "hi" }, { concurrency: 1 });
        const log = stored(events.slice(0, cut % (events.length + 1)));
        const rest = await runPlan(plan, {}, log.length === 0 ? { concurrency: 1 } : { concurrency: 1, resume: log });
        const all = log.length === 0 ? [] : [...log, ...rest.events];
        expect(all.map(({ seq }) => seq)).toEqual(all.map((_, index) => index));
        if (log.length === 0) return;
        expect(rest.state.status).toBe(state.status);
        expect(rest.state.outputs).toEqual(state.outputs);
        const ends = paths(all, "node-end");
        expect(new Set(ends).size).toBe(ends.length);
        // What had ended well is not run again.
        const done = new Set(
          log.flatMap((event) =>
            event.type === "node-end" && event.outcome === "success" ? [pathKey(event.path)] : [],
          ),
        );
        for (const path of paths(rest.events, "node-start")) expect(done).not.toContain(path);
      }),
      { numRuns: 150 },
    );
  });
});

describe("a map", () => {
  it.each([
    ["null", ["a", null, "c"]],
    ["drop", ["a", "c"]],
    ["collect", ["a", "c"]],
  ])("keeps the order and does with a failed item as it is told: %s", async (onFailure, result) => {
    const { state } = await runPlan(planOf(mapOver(["a", "bad", "c"], picky, { onFailure, concurrency: 3 }), catalog));
    expect(state.outputs).toEqual({ result });
    expect(state.nodes.get("map")?.frames).toMatchObject({
      total: 3,
      succeeded: 2,
      failed: 1,
      firstFailed: "map#1",
    });
    expect(state.nodes.get("map#1")).toMatchObject({ status: "failure", error: { message: "It is bad." } });
    expect(state.nodes.get("map")?.logs[0]?.message).toContain("1 of 3 items failed");
  });

  it("stops at the first failure, says which item it was, and runs no more", async () => {
    const { state, events } = await runPlan(planOf(mapOver(["a", "bad", "c"], picky, { concurrency: 1 }), catalog));
    expect(state.error).toMatchObject({ code: "node-failed", message: "Item 2 of 3: It is bad." });
    expect(paths(events, "node-start")).not.toContain("map#2");
  });

  it("runs again only the items that failed, where its policy tries again", async () => {
    const down = { deltas: [], failure: new NodeFailure("model-unavailable", "Down.") };
    const models = new ScriptedGateway({ replies: ["A", down, "B", "C"] });
    const document = mapOver(["a", "b", "c"], chat, { concurrency: 1 }, { retries: 1 });
    const { state, events } = await runPlan(planOf(document, catalog), {}, { models });
    expect(state.outputs).toEqual({ result: ["A", "B", "C"] });
    expect(paths(events, "node-start").filter((path) => /^map#\d[^/]*$/.test(path))).toEqual([
      "map#0",
      "map#1",
      "map#1~1",
      "map#2~1",
    ]);
  });

  it("tries again what was under way when an item failed, also where the run was cut off before it could say so", async () => {
    const gate = new Gate();
    let calls = 0;
    const models = (first: boolean) =>
      new ScriptedGateway({
        replies: first
          ? ["never", { deltas: [], failure: new NodeFailure("model-unavailable", "Down.") }, "A", "B"]
          : ["A", "B"],
        gate: () => (first && calls++ === 0 ? gate.wait() : Promise.resolve()),
      });
    const plan = planOf(mapOver(["a", "b"], chat, { concurrency: 2 }, { retries: 2 }), catalog);
    const { events, state } = await runPlan(plan, {}, { models: models(true) });
    expect(state.outputs).toEqual({ result: ["A", "B"] });
    const cut = events.findIndex(
      ({ type, ...event }) => type === "node-retry" && "path" in event && pathKey(event.path) === "map",
    );
    expect(cut).toBeGreaterThan(0);
    const log = stored(events.slice(0, cut));
    const rest = await runPlan(plan, {}, { models: models(false), resume: log });
    expect(rest.state.outputs).toEqual({ result: ["A", "B"] });
    const ends = paths([...log, ...rest.events], "node-end");
    expect(new Set(ends).size).toBe(ends.length);
  });

  it.each([
    ["a list beyond the bound", Array.from({ length: 100_001 }, () => 0), /100,001 items; at most 10,000/],
    ["a text that is no JSON", "one, two", /Not a list/],
    ["an object", { a: 1 }, /not a list/],
    ["nothing", null, /not a list/],
  ])("refuses %s with a sentence", async (_, value, message) => {
    const document = mapOver([], picky);
    const nodes = document.nodes.map((node) =>
      node.id === "list" ? { ...node, config: { value: value as never } } : node,
    );
    const { state } = await runPlan(planOf({ ...document, nodes }, catalog));
    expect(state.error?.message).toMatch(message);
  });

  it("takes a list that is written as JSON, and an empty one", async () => {
    for (const [value, result] of [
      ['["x","y"]', ["x", "y"]],
      [[], []],
    ] as const) {
      const document = mapOver([], picky);
      const nodes = document.nodes.map((node) =>
        node.id === "list" ? { ...node, config: { value: value as never } } : node,
      );
      expect((await runPlan(planOf({ ...document, nodes }, catalog))).state.outputs).toEqual({ result });
    }
  });

  it("gives every item what is wired in beside the list, and its place", async () => {
    const body = buildDocument(
      {
        in: {
          type: "io/input",
          config: { fields: [{ name: "item" }, { name: "index", kind: "number" }, { name: "question" }] },
        },
        step: { type: "text/test-join", config: { inputs: ["a", "b", "c"] } },
        out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
      },
      ["in.item > step.a", "in.index > step.b", "in.question > step.c", "step.text > out.result"],
    );
    const document = buildDocument(
      {
        list: { type: valueNode.type, config: { value: ["x", "y"] } },
        ask: { type: valueNode.type, config: { value: "why" } },
        map: { type: "flow/map", body },
        out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
      },
      ["list.value > map.items", "ask.value > map.question", "map.result > out.result"],
    );
    const { state } = await runPlan(planOf(document, catalog));
    expect(state.outputs).toEqual({ result: ["(x,0,why)", "(y,1,why)"] });
  });

  it("ends early when an item reaches the output exit, and says how many were run", async () => {
    const body = buildDocument(
      {
        in: { type: "io/input", config: { fields: [{ name: "item", kind: "json" }] } },
        out: {
          type: "io/output",
          config: {
            outputs: [
              { name: "result", title: "" },
              { name: "exit", title: "" },
            ],
          },
        },
      },
      ["in.item > out.result", "in.item > out.exit"],
    );
    const { state } = await runPlan(planOf(mapOver([false, true, false], body, { concurrency: 1 }), catalog));
    expect(state.outputs).toEqual({ result: [false, true] });
    expect(state.nodes.get("map")?.logs[0]?.message).toBe("Left early: 2 of 3 items were run.");
  });

  it("never has more items under way than it may, nor more steps than the run may", async () => {
    for (const [concurrency, most, expected] of [
      [3, 64, 3],
      [8, 2, 2],
    ] as const) {
      let underWay = 0;
      let highest = 0;
      const models = new ScriptedGateway({
        replies: Array.from({ length: 10 }, () => "x"),
        gate: async () => {
          highest = Math.max(highest, ++underWay);
          await Promise.resolve();
          underWay--;
        },
      });
      const plan = planOf(mapOver(Array.from({ length: 10 }, String), chat, { concurrency }), catalog);
      const { state } = await runPlan(plan, {}, { models, concurrency: most });
      expect(state.status).toBe("success");
      expect(highest).toBe(expected);
    }
  });

  it("ends what is under way in it when its time is over, and adds up what its items cost", async () => {
    const gate = new Gate();
    const timers = new ManualTimers();
    const models = new ScriptedGateway({ replies: ["one", "two"], gate: () => gate.wait() });
    const document = mapOver(["a", "b"], chat, { concurrency: 2 }, { timeoutMs: 50 });
    const running = runPlan(planOf(document, catalog), {}, { models, timers });
    await gate.reached;
    timers.pass(50);
    const { state } = await running;
    expect(state.error?.code).toBe("node-timeout");
    expect(state.nodes.get("map#0/chat")).toMatchObject({ status: "skipped", skipReason: "aborted" });
    expect(state.nodes.get("map#1")).toMatchObject({ status: "skipped", skipReason: "aborted" });
    for (const signal of models.signals) expect(signal.aborted).toBe(true);
    const whole = await runPlan(
      planOf(mapOver(["a", "b"], chat), catalog),
      {},
      {
        models: new ScriptedGateway({ replies: ["one", "two"] }),
      },
    );
    expect(whole.state.nodes.get("map")?.totals.modelCalls).toBe(2);
    expect(whole.state.nodes.get("map#0")?.totals.modelCalls).toBe(1);
    expect(whole.state.totals.modelCalls).toBe(2);
  });

  it("ten thousand items end in order, and leave their turn to others", async () => {
    const items = Array.from({ length: 10_000 }, (_, index) => `${index}`);
    const { state } = await runPlan(planOf(mapOver(items, picky, { concurrency: 16 }), catalog));
    expect(state.outputs).toEqual({ result: items });
    expect(state.nodes.get("map")?.frames).toMatchObject({ total: 10_000, succeeded: 10_000 });
  });

  it("runs no more items than one run may, in all its containers together", async () => {
    const limits: { ofRun: number } = frameLimits;
    const { ofRun } = limits;
    limits.ofRun = 8;
    try {
      const inner = itemBody({ map: { type: "flow/map", body: picky } as never }, [
        "in.item > map.items",
        "map.result > out.result",
      ]);
      const two = async (lists: readonly string[]) => (await runPlan(planOf(mapOver(lists, inner), catalog))).state;
      const list = '["a", "b", "c"]';
      expect((await two([list, list])).outputs).toEqual({
        result: [
          ["a", "b", "c"],
          ["a", "b", "c"],
        ],
      });
      const { error } = await two([list, list, "[]"]);
      expect(error).toMatchObject({ code: "value-too-large", message: expect.stringContaining("8 times together") });
    } finally {
      limits.ofRun = ofRun;
    }
  });

  it("refuses results that are larger than a value may be", async () => {
    const { state } = await runPlan(
      planOf(mapOver(["aaaa", "bbbb"], picky), catalog),
      {},
      {
        bounds: { characters: 20, runCharacters: 60 },
      },
    );
    expect(state.error?.code).toBe("value-too-large");
  });
});

describe("a loop", () => {
  const counting = buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "value" }] } },
      step: { type: "text/test-join", config: { name: "f" } },
      out: { type: "io/output", config: { outputs: [{ name: "value", title: "" }] } },
    },
    ["in.value > step.a", "step.text > out.value"],
  );
  const loop = (config: Record<string, string | number>) =>
    buildDocument(
      {
        start: { type: valueNode.type, config: { value: "x" } },
        loop: { type: "flow/loop", config, body: counting },
        out: {
          type: "io/output",
          config: { outputs: ["value", "rounds", "ended"].map((name) => ({ name, title: "" })) },
        },
      },
      ["start.value > loop.value", "loop.value > out.value", "loop.rounds > out.rounds", "loop.ended > out.ended"],
    );

  it("carries its state on, until the condition holds", async () => {
    const { state } = await runPlan(planOf(loop({ until: "size(state.value) > 6", maximum: 9 }), catalog));
    expect(state.outputs).toEqual({ value: "f(f(x))", rounds: 2, ended: "condition" });
  });

  it.each([
    ["continue", { outputs: { value: "f(f(x))", rounds: 2, ended: "maximum" } }],
    ["fail", { error: { code: "node-failed", message: expect.stringContaining("did not hold in 2 rounds") } }],
  ])("ends at the most rounds where the condition never holds: %s", async (atMaximum, expected) => {
    const { state } = await runPlan(planOf(loop({ until: "false", maximum: 2, atMaximum }), catalog));
    expect(state).toMatchObject(expected);
    if (atMaximum === "continue")
      expect(state.nodes.get("loop")?.logs[0]?.message).toContain("did not hold in 2 rounds");
  });

  it("says after which round a condition cannot be tested", async () => {
    const { state } = await runPlan(planOf(loop({ until: "state.score > 3" }), catalog));
    expect(state.error?.message).toMatch(/cannot be tested after round 1/);
  });
});

describe("bounds of a document", () => {
  const nested = (depth: number): GraphDocument => {
    let body = picky;
    for (let level = 1; level < depth; level++) {
      body = buildDocument(
        {
          in: { type: "io/input", config: { fields: [{ name: "item", kind: "json" }] } },
          map: { type: "flow/map", body },
          out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
        },
        ["in.item > map.items", "map.result > out.result"],
      );
    }
    let item: unknown = "x";
    for (let level = 1; level < depth; level++) item = [item];
    return mapOver([item], body);
  };

  it("lets containers lie eight deep in one another, and no deeper", async () => {
    const { state } = await runPlan(planOf(nested(8), catalog));
    let result: unknown = state.outputs?.result;
    for (let level = 0; level < 8; level++) [result] = result as [unknown];
    expect(result).toBe("x");
    expect(() => planOf(nested(9), catalog)).toThrow("nesting-too-deep");
  });

  it("says of a fault inside a body where it lies", () => {
    const broken = itemBody({ step: { type: pickyNode.type } }, ["in.item > out.result"]);
    expect(() => planOf(mapOver(["a"], broken), catalog)).toThrow('"a" of "step" needs a value.');
  });
});
