import { describe, expect, test } from "vitest";
import { z } from "zod";
import { timeLimits } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { Gate } from "@/runtime/testing/gate";
import { ManualTimers } from "@/runtime/testing/manual-timers";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import * as nodes from "@/runtime/testing/test-nodes";
import { execute } from "./execute";

const { testCatalog } = nodes;
type Nodes = Parameters<typeof buildDocument>[0];
const plan = (given: Nodes, wires: readonly string[] = []) => planOf(buildDocument(given, wires), testCatalog);
const run = (
  given: Nodes,
  wires: readonly string[] = [],
  ...rest: [inputs?: unknown, options?: Parameters<typeof runPlan>[2]]
) => runPlan(plan(given, wires), ...rest);

const value = (of: unknown = "v") => ({ type: nodes.valueNode.type, config: { value: of as string } });
const join = { type: nodes.joinNode.type };
const merge = { type: nodes.mergeNode.type };
const stream = { type: nodes.streamNode.type };
const output = { type: nodes.outputNode.type };
const policy = (more: object) => ({ policy: { retries: 0, retryDelayMs: 0, onError: "stop" as const, ...more } });
const fail = (more: object = {}, config = {}) => ({ type: nodes.failNode.type, config, ...policy(more) });

const short = (events: readonly RunEvent[]) =>
  events.map((event) => {
    const at = "path" in event ? ` ${event.path.join("/")}` : "";
    const how = "outcome" in event ? ` ${event.outcome}` : "";
    const why = "reason" in event ? ` ${event.reason}` : "";
    return `${event.type}${at}${how}${why}`;
  });
const text = (events: readonly RunEvent[]) => short(events).join("; ");

describe("a run", () => {
  test("says everything that happens, in order, ending with its outputs", async () => {
    const { events } = await run(
      { i: { type: nodes.inputNode.type }, j: { ...join, config: { name: "n" } }, o: output },
      ["i.q > j.a", "j.text > o.answer"],
      { q: "hi" },
    );
    expect(short(events)).toEqual([
      "run-start",
      "node-start i",
      "node-end i success",
      "node-start j",
      "node-end j success",
      "node-start o",
      "node-end o success",
      "run-end success",
    ]);
    expect(events.at(-1)).toMatchObject({ outputs: { answer: "n(hi)" } });
    expect(events[3]).toMatchObject({ attempt: 1, inputs: { a: "hi" } });
  });

  test("whose inputs do not fit starts and ends without touching a node", async () => {
    const { events } = await run({ i: { type: nodes.inputNode.type } }, [], { other: 1 });
    expect(short(events)).toEqual(["run-start", "run-end failure"]);
    expect(events[1]).toMatchObject({
      error: { code: "input-invalid", message: expect.stringContaining('"q" is required.') },
    });
  });

  test("of an empty plan ends well", async () => {
    expect(short((await run({})).events)).toEqual(["run-start", "run-end success"]);
  });

  test("does not begin before its first event is asked for", async () => {
    const models = new ScriptedGateway({ replies: ["x"] });
    const events = execute(
      plan({ v: value(), c: { type: nodes.chatNode.type } }, ["v.value > c.prompt"]),
      {},
      { runId: "r", models },
    );
    await Promise.resolve();
    expect(models.chats).toEqual([]);
    for await (const _ of events);
    expect(models.chats).toHaveLength(1);
  });

  test("ends as internal, and does not throw, when the engine itself breaks", async () => {
    const broken = { ...plan({ v: value() }), nodes: [{}] } as unknown as ReturnType<typeof plan>;
    const { events } = await runPlan(broken);
    expect(events.at(-1)).toMatchObject({ type: "run-end", outcome: "failure", error: { code: "internal" } });
  });
});

describe("wires", () => {
  test("write out numbers, truth values and JSON where text is wanted", async () => {
    for (const [given, wanted] of [
      [1.5, "1.5"],
      [false, "false"],
      [{ a: [1] }, '{\n  "a": [\n    1\n  ]\n}'],
    ] as const) {
      const { state } = await run({ v: value(given), j: join }, ["v.value > j.a"]);
      expect(state.nodes.get("j")?.outputs).toEqual({ text: `(${wanted})` });
    }
  });

  test("carry a value of the wrong type only as far as the input that asks for another", async () => {
    const length = defineNode({
      ...nodes.about("Length"),
      type: "data/length",
      config: z.object({}),
      inputs: { list: port.json(z.array(z.number())) },
      outputs: {},
      examples: [{ name: "x", config: {}, inputs: { list: [] }, outputs: {} }],
      run: async () => ({}),
    });
    const document = buildDocument({ v: value(["x"]), n: { type: "data/length" } }, ["v.value > n.list"]);
    const { state } = await runPlan(planOf(document, createCatalog([...testCatalog.nodes, length])));
    expect(state.nodes.get("n")?.error).toMatchObject({
      code: "value-invalid",
      message: expect.stringContaining('"list": 0'),
      node: "n",
    });
  });

  test("keep ports called like members of every object apart from those", async () => {
    const names = { inputs: ["__proto__", "constructor"] };
    const { state } = await run({ v: value("x"), j: { ...join, config: names } }, [
      "v.value > j.__proto__",
      "v.value > j.constructor",
    ]);
    expect(state.nodes.get("j")?.outputs).toEqual({ text: "(x,x)" });
  });
});

describe("branches", () => {
  const branch = { type: nodes.branchNode.type, config: { take: "yes" } };

  test("that are not taken skip what needs them, all the way down, and a merge goes on with the other", async () => {
    const { state, events } = await run(
      { v: value(), b: branch, yes: join, no: join, no2: join, m: merge, o: output },
      [
        "v.value > b.value",
        "b.yes > yes.a",
        "b.no > no.a",
        "no.text > no2.a",
        "yes.text > m.a",
        "no2.text > m.b",
        "m.value > o.answer",
      ],
    );
    expect(state.nodes.get("no2")).toMatchObject({ status: "skipped", skipReason: "branch-not-taken" });
    expect(events.at(-1)).toMatchObject({ outcome: "success", outputs: { answer: "(v)" } });
  });

  test("leave an optional input out and skip a merge that nothing reached", async () => {
    const { state } = await run({ v: value(), b: branch, s: stream, m: merge, o: output }, [
      "v.value > b.value",
      "b.no > s.after",
      "b.no > m.a",
      "m.value > o.answer",
    ]);
    expect(state.nodes.get("s")?.status).toBe("success");
    expect(state.nodes.get("m")).toMatchObject({ status: "skipped", skipReason: "branch-not-taken" });
    expect(state.outputs).toEqual({});
  });

  test("behind a disabled node get what it lets through, and so does a run that is resumed", async () => {
    const nodes = { v: value(), off: { ...join, disabled: true }, s: join, o: output };
    const wires = ["v.value > off.a", "off.text > s.a", "s.text > o.answer"];
    const { state, events } = await run(nodes, wires);
    expect(state.nodes.get("off")).toMatchObject({
      status: "skipped",
      skipReason: "disabled",
      inputs: null,
      outputs: { text: "v" },
    });
    expect(state.outputs).toEqual({ answer: "(v)" });
    const upTo = events.findIndex((event) => event.type === "node-end" && event.path[0] === "off");
    const resumed = await runPlan(
      planOf(buildDocument(nodes, wires), testCatalog),
      {},
      {
        resume: events.slice(0, upTo + 1),
      },
    );
    expect(resumed.events.at(-1)).toMatchObject({ outcome: "success", outputs: { answer: "(v)" } });
  });

  test("behind a disabled node that got nothing to let through are skipped for the same reason as it would be", async () => {
    const { state } = await run({ v: value(), b: branch, off: { ...join, disabled: true }, j: join }, [
      "v.value > b.value",
      "b.no > off.a",
      "off.text > j.a",
    ]);
    expect(state.nodes.get("off")).toMatchObject({ status: "skipped", skipReason: "disabled", outputs: null });
    expect(state.nodes.get("j")?.skipReason).toBe("branch-not-taken");
  });

  test("behind a disabled node are skipped for that reason", async () => {
    const { state } = await run({ v: { ...value(), disabled: true }, j: join }, ["v.value > j.a"]);
    expect([...state.nodes.values()].map(({ skipReason }) => skipReason)).toEqual(["disabled", "disabled"]);
    // No step of these plans gives the run a result.
    expect(state.status).toBe("empty");
  });
});

describe("a node that breaks its word", () => {
  const cases: [string, object, string][] = [
    [
      "returns another text than it streamed",
      { returns: "other" },
      'The text of "text" is not what the step streamed.',
    ],
    [
      "streams to a port it does not have",
      { port: "gone" },
      'The step streamed to "gone", which is not a text output.',
    ],
    [
      "streams text to a port of another kind",
      { port: "length" },
      'The step streamed to "length", which is not a text output.',
    ],
  ];
  test.each(cases)("and %s fails as internal", async (_, config, message) => {
    const { state } = await run({ s: { ...stream, config: config as { text: string } } });
    expect(state.nodes.get("s")?.error).toMatchObject({ code: "internal", message });
  });

  const returning = async (result: unknown) => {
    const bad = defineNode({
      ...nodes.about("Bad"),
      type: "data/bad",
      config: z.object({}),
      inputs: {},
      outputs: { n: port.number(), j: port.maybe(port.any()) },
      examples: [{ name: "x", config: {}, inputs: {}, outputs: { n: 1 } }],
      run: async () => result as { n: number },
    });
    const { state } = await runPlan(planOf(buildDocument({ b: { type: "data/bad" } }), createCatalog([bad])));
    return state.nodes.get("b")?.error?.code;
  };
  const circle: Record<string, unknown> = {};
  circle.self = circle;
  test.each([
    [undefined, "internal"],
    [{}, "internal"],
    [{ n: 1, more: 2 }, "internal"],
    [{ n: "1" }, "output-invalid"],
    [{ n: 1, j: circle }, "output-invalid"],
    [{ n: 1, j: 10n }, "output-invalid"],
    [{ n: 1, j: { deep: [] } }, undefined],
  ])("by returning case %#: %s", async (result, code) => {
    expect(await returning(result)).toBe(code);
  });

  test("a throw that is no NodeFailure is a bug, named as such", async () => {
    const { state } = await run({ f: fail({}, { code: "internal" }) });
    expect(state.error).toEqual({
      code: "internal",
      message: "The step failed unexpectedly. TypeError: a bug",
      node: "f",
    });
  });
});

describe("when a node fails", () => {
  test("the run stops: what is under way is cancelled, the rest is skipped", async () => {
    const gate = new Gate();
    const models = new ScriptedGateway({ replies: ["never"], gate: () => gate.wait() });
    const { state, events } = await run(
      { v: value(), c: { type: nodes.chatNode.type }, f: fail(), after: join, later: join },
      ["v.value > c.prompt", "v.value > f.after", "c.text > later.a", "f.text > after.a"],
      {},
      { models },
    );
    expect(models.signals[0]?.aborted).toBe(true);
    expect(state.error).toMatchObject({ code: "node-failed", message: "It failed.", hint: "Mend it.", node: "f" });
    expect(["c", "after", "later"].map((id) => state.nodes.get(id)?.skipReason)).toEqual([
      "aborted",
      "aborted",
      "aborted",
    ]);
    expect(text(events)).toMatch(/node-end f failure; .*run-end failure$/);
  });

  test("policy continue skips what depends on it and the run does not fail", async () => {
    const { state } = await run({ f: fail({ onError: "continue" }), a: join, m: merge, v: value() }, [
      "f.text > a.a",
      "a.text > m.a",
      "v.value > m.b",
    ]);
    expect(state.nodes.get("a")?.skipReason).toBe("upstream-failed");
    expect(state.nodes.get("m")?.outputs).toEqual({ value: "v" });
    expect(state.status).toBe("empty");
  });

  test("policy default goes on with the default outputs and still says what happened", async () => {
    const { state } = await run({ f: fail({ onError: "default", defaultOutputs: { text: "d" } }), j: join }, [
      "f.text > j.a",
    ]);
    expect(state.nodes.get("f")).toMatchObject({
      status: "success",
      error: { code: "node-failed" },
      outputs: { text: "d" },
    });
    expect(state.nodes.get("j")?.outputs).toEqual({ text: "(d)" });
  });

  test("policy error-port sends the error out there and skips the other ports", async () => {
    const { state } = await run({ f: fail({ onError: "error-port" }), j: join, m: merge }, [
      "f.text > j.a",
      "f.error > m.a",
    ]);
    expect(state.nodes.get("m")?.outputs).toEqual({
      value: { code: "node-failed", message: "It failed.", hint: "Mend it." },
    });
    expect(state.nodes.get("j")?.skipReason).toBe("branch-not-taken");
    expect(state.status).toBe("empty");
  });
});

describe("retries", () => {
  const retried = async (more: object, config: object) => {
    const timers = new ManualTimers();
    const events: RunEvent[] = [];
    const options = { runId: "r", models: new ScriptedGateway({}), timers, now: () => timers.now };
    for await (const event of execute(plan({ f: fail(more, config) }), {}, options)) {
      events.push(event);
      if (event.type === "node-retry") timers.pass(event.delayMs);
    }
    return events;
  };

  test("start the node again as often as the policy says, after its delay", async () => {
    const events = await retried({ retries: 2, retryDelayMs: 500 }, { deltas: "ab" });
    const attempts = events.flatMap((event) => (event.type === "node-start" ? [[event.attempt, event.at]] : []));
    expect(attempts).toEqual([
      [1, "1970-01-01T00:00:00.000Z"],
      [2, "1970-01-01T00:00:00.500Z"],
      [3, "1970-01-01T00:00:01.000Z"],
    ]);
    expect(events.filter(({ type }) => type === "node-end")).toHaveLength(1);
  });

  test("wait as long as the other side asks for, within bounds", async () => {
    const delays = async (retryAfterMs: number) =>
      (await retried({ retries: 1, retryDelayMs: 10 }, { retryAfterMs })).flatMap((event) =>
        event.type === "node-retry" ? [event.delayMs] : [],
      );
    expect(await delays(3000)).toEqual([3000]);
    expect(await delays(5)).toEqual([10]);
    expect(await delays(1e12)).toEqual([600_000]);
  });

  test.each(["model-unknown", "model-unauthorized", "model-rejected", "value-invalid", "internal"])(
    "are not wasted on %s",
    async (code) => {
      const events = await retried({ retries: 3 }, { code });
      expect(events.some(({ type }) => type === "node-retry")).toBe(false);
    },
  );

  test("are cut short by a cancel", async () => {
    const timers = new ManualTimers();
    const controller = new AbortController();
    const options = { runId: "r", models: new ScriptedGateway({}), timers, signal: controller.signal };
    const events: RunEvent[] = [];
    for await (const event of execute(plan({ f: fail({ retries: 1, retryDelayMs: 1000 }) }), {}, options)) {
      events.push(event);
      if (event.type === "node-retry") controller.abort();
    }
    expect(timers.pending).toEqual([]);
    expect(text(events)).toMatch(/node-retry f; node-end f skipped aborted; run-end aborted$/);
  });
});

describe("a time limit", () => {
  const limited = (more: object = {}) =>
    plan({ v: value(), c: { type: nodes.chatNode.type, ...policy({ timeoutMs: 100, ...more }) } }, [
      "v.value > c.prompt",
    ]);

  test("ends the attempt, reaches the model call, and leaves no timer", async () => {
    const timers = new ManualTimers();
    const gate = new Gate();
    const models = new ScriptedGateway({ replies: ["late"], gate: () => gate.wait() });
    gate.reached.then(() => timers.pass(100));
    const { state } = await runPlan(limited(), {}, { models, timers });
    expect(state.error).toMatchObject({ code: "node-timeout", node: "c" });
    expect(models.signals[0]?.aborted).toBe(true);
    expect(timers.pending).toEqual([]);
  });

  test("counts for each attempt, and what comes too late is not heard", async () => {
    const timers = new ManualTimers();
    const gates = [new Gate(), new Gate()];
    let calls = 0;
    const models = new ScriptedGateway({ replies: ["late", "in time"], gate: () => (gates[calls++] as Gate).wait() });
    gates[0]?.reached.then(() => timers.pass(100));
    gates[1]?.reached.then(() => {
      gates[0]?.open();
      gates[1]?.open();
    });
    const events: RunEvent[] = [];
    for await (const event of execute(limited({ retries: 1 }), {}, { runId: "r", models, timers })) {
      events.push(event);
      if (event.type === "node-retry") timers.pass(event.delayMs);
    }
    const deltas = events.flatMap((event) => (event.type === "node-delta" ? [event.delta] : []));
    expect(deltas.join("")).toBe("in time");
    expect(events.at(-1)).toMatchObject({ outcome: "success" });
  });
});

describe("cancel", () => {
  test("reaches the model call, ends at once, and says so", async () => {
    const controller = new AbortController();
    const gate = new Gate();
    const models = new ScriptedGateway({ replies: ["x"], gate: () => gate.wait() });
    gate.reached.then(() => controller.abort());
    const { state, events } = await run(
      { v: value(), c: { type: nodes.chatNode.type }, o: output },
      ["v.value > c.prompt", "c.text > o.answer"],
      {},
      { models, signal: controller.signal },
    );
    expect(models.signals[0]?.aborted).toBe(true);
    expect(state).toMatchObject({ status: "aborted", error: { code: "aborted" } });
    expect(text(events)).toMatch(/node-end c skipped aborted; node-end o skipped aborted; run-end aborted$/);
  });

  test("does not wait for a node that will not listen", async () => {
    const deaf = defineNode({ ...nodes.valueNode, type: "data/deaf", run: () => new Promise<never>(() => {}) });
    const controller = new AbortController();
    const deafPlan = planOf(buildDocument({ d: { type: "data/deaf" } }), createCatalog([deaf]));
    const events: RunEvent[] = [];
    for await (const event of execute(
      deafPlan,
      {},
      { runId: "r", models: new ScriptedGateway({}), signal: controller.signal },
    )) {
      events.push(event);
      if (event.type === "node-start") controller.abort();
    }
    expect(short(events)).toEqual(["run-start", "node-start d", "node-end d skipped aborted", "run-end aborted"]);
  });

  test("before the start ends the run without running anything", async () => {
    const { events } = await run({ v: value() }, [], {}, { signal: AbortSignal.abort() });
    expect(short(events)).toEqual(["run-start", "node-end v skipped aborted", "run-end aborted"]);
  });

  test("happens by itself when the reader leaves", async () => {
    const gate = new Gate();
    const models = new ScriptedGateway({ replies: ["x"], gate: () => gate.wait() });
    const events = execute(
      plan({ v: value(), c: { type: nodes.chatNode.type } }, ["v.value > c.prompt"]),
      {},
      { runId: "r", models },
    );
    const seen: string[] = [];
    for await (const { type } of events) {
      seen.push(type);
      if (seen.length === 4) break;
    }
    expect(models.signals[0]?.aborted).toBe(true);
    for await (const _ of events) throw new Error("the iteration is over");
  });

  test("closes a generator that was streaming", async () => {
    let closed = false;
    const endless = defineNode({
      ...nodes.streamNode,
      type: "text/endless",
      async *run() {
        try {
          for (;;) yield { text: "x" };
        } finally {
          closed = true;
        }
      },
    });
    const events = execute(
      planOf(buildDocument({ e: { type: "text/endless" } }), createCatalog([endless])),
      {},
      { runId: "r", models: new ScriptedGateway({}) },
    );
    let count = 0;
    for await (const _ of events) if (++count === 10) break;
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(true);
  });
});

describe("parallel nodes", () => {
  const wide = (width: number) =>
    Object.fromEntries(Array.from({ length: width }, (_, index) => [`c${index}`, { type: nodes.chatNode.type }]));
  const run20 = async (concurrency: number) => {
    const gate = new Gate();
    let now = 0;
    let most = 0;
    const models = new ScriptedGateway({
      replies: Array.from({ length: 20 }, () => "x"),
      gate: async () => {
        most = Math.max(most, ++now);
        // The twentieth, or the last that the bound lets in, opens the gate for all.
        if (now === Math.min(concurrency, 20)) gate.open();
        await gate.wait();
        now--;
      },
    });
    await run(
      { v: value(), ...wide(20) },
      Object.keys(wide(20)).map((id) => `v.value > ${id}.prompt`),
      {},
      { models, concurrency },
    );
    return most;
  };

  test("run at once, as many as the bound lets", async () => {
    expect(await run20(20)).toBe(20);
    expect(await run20(3)).toBe(3);
    expect(await run20(1)).toBe(1);
  });
});

describe("a slow reader", () => {
  test("holds the nodes back and loses nothing", async () => {
    let made = 0;
    const long = defineNode({
      ...nodes.streamNode,
      type: "text/long",
      async *run() {
        for (; made < 20_000; made++) yield { text: "x" };
        return { text: "x".repeat(20_000), length: 20_000 };
      },
    });
    const events = execute(
      planOf(buildDocument({ l: { type: "text/long" } }), createCatalog([long])),
      {},
      { runId: "r", models: new ScriptedGateway({}) },
    );
    const iterator = events[Symbol.asyncIterator]();
    await iterator.next();
    for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
    expect(made).toBeGreaterThan(100);
    expect(made).toBeLessThan(2000);
    let seq = 1;
    for (let next = await iterator.next(); !next.done; next = await iterator.next()) expect(next.value.seq).toBe(seq++);
    expect(seq).toBe(20_004);
  });
});

describe("model calls", () => {
  test("are told with their node, failed ones too, before what follows from them", async () => {
    const failure = new NodeFailure("model-unavailable", "down");
    const models = new ScriptedGateway({ replies: [{ deltas: ["a"], failure }, "fine"], price: 2 });
    const { state, events } = await run(
      { v: value("12345678"), c: { type: nodes.chatNode.type, ...policy({ retries: 1 }) } },
      ["v.value > c.prompt"],
      {},
      { models },
    );
    expect(short(events).filter((line) => line.endsWith(" c"))).toEqual([
      "node-start c",
      "node-delta c",
      "model-call c",
      "node-retry c",
      "node-start c",
      "node-delta c",
      "model-call c",
    ]);
    expect(state.nodes.get("c")?.calls.map(({ error }) => error?.code)).toEqual(["model-unavailable", undefined]);
    expect(state.totals).toMatchObject({ modelCalls: 2, inputTokens: 2, outputTokens: 1, costMicroUsd: 6 });
  });
});

describe("the time limit of a run", () => {
  const waiting = (timeLimitSeconds?: number) => ({
    ...plan({ v: value(), c: { type: nodes.chatNode.type } }, ["v.value > c.prompt"]),
    ...(timeLimitSeconds !== undefined && { timeLimitSeconds }),
  });

  test.each([
    ["its own", 7, 7_000],
    ["that of every run, where it has none of its own", undefined, timeLimits.standard * 1000],
  ])("is %s, ends what is under way, and leaves no timer", async (_, seconds, ms) => {
    const timers = new ManualTimers();
    const gate = new Gate();
    const models = new ScriptedGateway({ replies: ["late"], gate: () => gate.wait() });
    gate.reached.then(() => {
      timers.pass(ms - 1);
      expect(models.signals[0]?.aborted).toBe(false);
      timers.pass(1);
    });
    const { state } = await runPlan(waiting(seconds), {}, { models, timers });
    expect(state).toMatchObject({ status: "failure", error: { code: "run-timeout" } });
    expect(state.error?.message).toContain(`${ms / 1000} s`);
    expect(models.signals[0]?.aborted).toBe(true);
    expect(timers.pending).toEqual([]);
  });

  test("is no matter for a run that ends in time", async () => {
    const timers = new ManualTimers();
    const models = new ScriptedGateway({ replies: ["in time"] });
    expect((await runPlan(waiting(7), {}, { models, timers })).state.error).toBeNull();
    expect(timers.pending).toEqual([]);
  });
});
