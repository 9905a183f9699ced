import fc from "fast-check";
import { beforeEach, expect, it, test } from "vitest";
import { z } from "zod";
import { flowLoop } from "@/nodes/flow/loop";
import { flowMap } from "@/nodes/flow/map";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import { changedSteps } from "@/runtime/graph/changed-steps";
import type { GraphDocument } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { buildDocument } from "@/runtime/testing/build-document";
import { containerDocument } from "@/runtime/testing/container-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { about, testCatalog } from "@/runtime/testing/test-nodes";
import { type AskedPart, planPart } from "./part-of-run";

/** Writes down that it ran; fails for "bad"; gives its text with its mark behind it. */
const ran: string[] = [];
const pickyNode = defineNode({
  ...about("Picky"),
  type: "text/test-picky",
  config: z.object({ mark: z.string().default("") }),
  inputs: { a: port.text() },
  outputs: { text: port.text() },
  examples: [{ name: "takes", config: {}, inputs: { a: "x" }, outputs: { text: "x" } }],
  run: async ({ config, inputs }) => {
    ran.push(`${config.mark}:${inputs.a}`);
    if (inputs.a.includes("bad")) throw new NodeFailure("node-failed", "It is bad.");
    return { text: `${inputs.a}${config.mark}` };
  },
});
const catalog = createCatalog([...testCatalog.nodes, ioInput, ioOutput, flowMap, flowLoop, pickyNode]);
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));
const step = (mark: string) => ({ type: pickyNode.type, config: { mark } });
const input = (...names: string[]) => ({ type: "io/input", config: { fields: names.map((name) => ({ name })) } });
const output = (...names: string[]) => ({
  type: "io/output",
  config: { outputs: names.map((name) => ({ name, title: "" })) },
});
beforeEach(() => {
  ran.length = 0;
});

interface Told {
  readonly from?: GraphDocument;
  readonly events?: readonly RunEvent[];
  readonly inputs?: Readonly<Record<string, unknown>>;
  readonly pins?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}
const none = { steps: new Set<string>(), inside: new Map() };

const planned = (document: GraphDocument, asked: AskedPart, { from, events, inputs = {}, pins = {} }: Told = {}) =>
  planPart(asked, {
    plan: planOf(document, catalog),
    inputs,
    stored: events
      ? { id: "before", events: stored(events), changed: from ? changedSteps(from, document) : none }
      : null,
    pins: new Map(Object.entries(pins)),
  });

const runPart = async (document: GraphDocument, asked: AskedPart, told: Told = {}) => {
  const part = planned(document, asked, told);
  if (!part.ok) throw new Error(JSON.stringify(part.error));
  ran.length = 0;
  return { ...(await runPlan(planOf(document, catalog), part.value.inputs, part.value)), planned: part.value };
};

const chain = buildDocument(
  { in: input("q", "r"), a: step("a"), b: step("b"), c: step("c"), other: step("o"), out: output("x", "y") },
  ["in.q > a.a", "a.text > b.a", "b.text > c.a", "c.text > out.x", "in.r > other.a", "other.text > out.y"],
);
const inputs = { q: "1", r: "2" };
const whole = async (document: GraphDocument, given: object = inputs) => {
  const run = await runPlan(planOf(document, catalog), given);
  ran.length = 0;
  return run.events;
};
const changeMark = (document: GraphDocument, id: string, mark: string): GraphDocument => ({
  ...document,
  nodes: document.nodes.map((node) => (node.id === id ? { ...node, config: { ...node.config, mark } } : node)),
});

it("runs to a step, and nothing beside or behind it", async () => {
  const { state } = await runPart(chain, { mode: "to", node: "b" }, { inputs });
  expect(ran).toEqual(["a:1", "b:1a"]);
  expect(state.status).toBe("success");
  expect(state.nodes.get("c")?.skipReason).toBe("left-out");
  expect(state.nodes.get("other")?.skipReason).toBe("left-out");
});

it("takes what is stored on the way to a step, and runs the step itself", async () => {
  const { state } = await runPart(chain, { mode: "to", node: "b" }, { inputs, events: await whole(chain) });
  expect(ran).toEqual(["b:1a"]);
  expect(state.nodes.get("a")?.cached).toBe(true);
  // What followed the step says nothing any more; what is beside it does.
  expect(state.nodes.get("c")?.skipReason).toBe("left-out");
  expect(state.nodes.get("other")?.cached).toBe(true);
});

it("runs from a step on, with stored results before it, and answers as a whole run does", async () => {
  const { state } = await runPart(chain, { mode: "from", node: "b" }, { inputs, events: await whole(chain) });
  expect(ran).toEqual(["b:1a", "c:1ab"]);
  expect(state.outputs).toEqual({ x: "1abc", y: "2o" });
});

it("runs what comes before, too, where it was changed since or was never run", async () => {
  const changed = changeMark(chain, "a", "A");
  const { state } = await runPart(
    changed,
    { mode: "from", node: "c" },
    { inputs, from: chain, events: await whole(chain) },
  );
  expect(ran).toEqual(["A:1", "b:1A", "c:1Ab"]);
  expect(state.outputs).toEqual({ x: "1Abc", y: "2o" });
  await runPart(chain, { mode: "from", node: "c" }, { inputs });
  expect(ran).toEqual(["a:1", "o:2", "b:1a", "c:1ab"]);
});

it("runs a changed step and what follows it alone", async () => {
  const changed = changeMark(chain, "b", "B");
  const { state } = await runPart(changed, { mode: "changed" }, { inputs, from: chain, events: await whole(chain) });
  expect(ran).toEqual(["B:1a", "c:1aB"]);
  expect(state.outputs).toEqual({ x: "1aBc", y: "2o" });
  expect(state.part).toMatchObject({ mode: "changed", source: "before", steps: ["in", "b", "c", "out"] });
});

it("runs nothing where nothing was changed, and what hangs on a changed input alone", async () => {
  const events = await whole(chain);
  const { state } = await runPart(chain, { mode: "changed" }, { inputs, events });
  expect(ran).toEqual([]);
  expect(state.outputs).toEqual({ x: "1abc", y: "2o" });
  await runPart(chain, { mode: "changed" }, { inputs: { ...inputs, r: "3" }, events });
  expect(ran).toEqual(["o:3"]);
});

it("looks past names, places and retries, and sees a wire that was moved", async () => {
  const events = await whole(chain);
  const renamed = {
    ...chain,
    layout: { a: { x: 9, y: 9 } },
    nodes: chain.nodes.map((node) => ({ ...node, label: `Renamed ${node.id}` })),
  };
  await runPart(renamed, { mode: "changed" }, { inputs, from: chain, events });
  expect(ran).toEqual([]);
  const rewired = {
    ...chain,
    edges: chain.edges.map((edge) => (edge.to.node === "c" ? { ...edge, from: { node: "a", port: "text" } } : edge)),
  };
  await runPart(rewired, { mode: "changed" }, { inputs, from: chain, events });
  expect(ran).toEqual(["c:1a"]);
});

it("runs a step alone with what was recorded, and with what is given by hand", async () => {
  const events = await whole(chain);
  const alone = await runPart(chain, { mode: "alone", node: "b" }, { inputs, events });
  expect(ran).toEqual(["b:1a"]);
  expect(alone.state.nodes.get("b")?.outputs).toEqual({ text: "1ab" });
  const edited = await runPart(chain, { mode: "alone", node: "b", given: { a: "mine" } }, { inputs });
  expect(ran).toEqual(["b:mine"]);
  expect(edited.state.status).toBe("success");
  expect(edited.state.part?.given).toEqual({ a: "mine" });
  expect(planned(chain, { mode: "alone", node: "b" }, { inputs })).toMatchObject({
    error: { code: "no-input", port: "a" },
  });
  expect(planned(chain, { mode: "alone", node: "b", given: { a: 7 } }, { inputs })).toMatchObject({
    error: { code: "input-wrong" },
  });
  expect(planned(chain, { mode: "alone", node: "b", given: { z: "" } }, { inputs })).toMatchObject({
    error: { code: "input-wrong" },
  });
});

it("runs a step alone with the inputs of the run that is shown, not with a form that was changed since", async () => {
  const events = await whole(chain);
  const alone = await runPart(chain, { mode: "alone", node: "a" }, { inputs: { q: "later", r: "2" }, events });
  expect(ran).toEqual(["a:1"]);
  expect(alone.state.inputs).toEqual(inputs);
});

it("runs a step alone without what was taken away from it", async () => {
  const joined = buildDocument(
    {
      in: input("q"),
      a: step("a"),
      merge: { type: "flow/test-merge", config: { inputs: ["one", "two"] } },
      out: output("x"),
    },
    ["in.q > merge.one", "in.q > a.a", "a.text > merge.two", "merge.value > out.x"],
  );
  const events = await whole(joined, { q: "1" });
  const told = { inputs: { q: "1" }, events };
  const { state } = await runPart(joined, { mode: "alone", node: "merge", cleared: ["one"] }, told);
  expect(state.nodes.get("merge")?.outputs).toEqual({ value: "1a" });
  expect(
    planned(chain, { mode: "alone", node: "b", cleared: ["a"] }, { inputs, events: await whole(chain) }),
  ).toMatchObject({
    error: { code: "no-input", port: "a" },
  });
});

it("does not take for a step's own what it gave for an input by hand", async () => {
  const first = await runPart(
    chain,
    { mode: "alone", node: "b", given: { a: "mine" } },
    { inputs, events: await whole(chain) },
  );
  await runPart(chain, { mode: "from", node: "c" }, { inputs, events: first.events });
  expect(ran).toEqual(["b:1a", "c:1ab"]);
});

it("takes the place of pinned steps, and runs nothing that leads to them only", async () => {
  const pins = { b: { text: "pinned" } };
  const { state } = await runPart(chain, { mode: "pinned" }, { inputs, pins });
  expect(ran.toSorted()).toEqual(["c:pinned", "o:2"]);
  expect(state.outputs).toEqual({ x: "pinnedc", y: "2o" });
  expect(state.part?.pins).toEqual(["b"]);
});

it("drops what was stored behind a pin, and behind a pin that was taken away", async () => {
  const events = await whole(chain);
  const pins = { b: { text: "pinned" } };
  const pinned = await runPart(chain, { mode: "changed" }, { inputs, events, pins });
  expect(ran).toEqual(["c:pinned"]);
  await runPart(chain, { mode: "changed" }, { inputs, events: pinned.events });
  expect(ran).toEqual(["b:1a", "c:1ab"]);
});

it("runs a pinned step where somebody points at it", async () => {
  await runPart(chain, { mode: "to", node: "b" }, { inputs, pins: { b: { text: "pinned" } } });
  expect(ran).toEqual(["a:1", "b:1a"]);
});

it("refuses a pin of another kind, of an output that is gone, and one that leaves an output out; a pin of a step that is gone is no pin", () => {
  const refusal = (pin: Readonly<Record<string, unknown>>, node = "b") =>
    planned(chain, { mode: "pinned" }, { inputs, pins: { [node]: pin } });
  expect(refusal({ text: 7 })).toMatchObject({
    error: { code: "pin-wrong", reason: '"text": expected string, received number' },
  });
  expect(refusal({ text: "x", gone: 1 })).toMatchObject({ error: { code: "pin-wrong" } });
  expect(refusal({})).toMatchObject({ error: { code: "pin-wrong", reason: '"text" is missing' } });
  expect(refusal({ text: "x" }, "nobody").ok).toBe(true);
});

it("refuses a step that is not there or is switched off", () => {
  expect(planned(chain, { mode: "to", node: "gone" }, { inputs })).toMatchObject({ error: { code: "no-step" } });
  const off = { ...chain, nodes: chain.nodes.map((node) => (node.id === "b" ? { ...node, disabled: true } : node)) };
  expect(planned(off, { mode: "to", node: "b" }, { inputs })).toMatchObject({ error: { code: "switched-off" } });
});

const forked = buildDocument(
  {
    in: input("q"),
    fork: { type: "flow/test-branch", config: { take: "no" } },
    yes: step("y"),
    no: step("n"),
    merge: { type: "flow/test-merge", config: { inputs: ["one", "two"] } },
    after: step("z"),
    out: output("x"),
  },
  [
    "in.q > fork.value",
    "fork.yes > yes.a",
    "fork.no > no.a",
    "yes.text > merge.one",
    "no.text > merge.two",
    "merge.value > after.a",
    "after.text > out.x",
  ],
);

it("comes past a merge whose other branch was not taken, the first time and the second", async () => {
  const first = await runPart(forked, { mode: "to", node: "after" }, { inputs: { q: "1" } });
  expect(ran).toEqual(["n:1", "z:1n"]);
  const second = await runPart(forked, { mode: "to", node: "after" }, { inputs: { q: "1" }, events: first.events });
  expect(ran).toEqual(["z:1n"]);
  expect(second.state.nodes.get("yes")?.skipReason).toBe("branch-not-taken");
  const third = await runPart(forked, { mode: "from", node: "merge" }, { inputs: { q: "1" }, events: second.events });
  expect(ran).toEqual(["z:1n"]);
  expect(third.state.outputs).toEqual({ x: "1nz" });
});

it("takes the other branch where a pin says so", async () => {
  const { state } = await runPart(forked, { mode: "pinned" }, { inputs: { q: "1" }, pins: { fork: { yes: "1" } } });
  expect(ran).toEqual(["y:1", "z:1y"]);
  expect(state.nodes.get("no")?.skipReason).toBe("branch-not-taken");
});

const mapped = (mark = "m") =>
  buildDocument(
    {
      list: { type: "data/test-value", config: { value: ["a", "b", "c"] } },
      map: {
        type: "flow/map",
        config: {},
        body: buildDocument({ in: input("item"), first: step("f"), second: step(mark), out: output("result") }, [
          "in.item > first.a",
          "first.text > second.a",
          "second.text > out.result",
        ]),
      },
      out: output("x"),
    },
    ["list.value > map.items", "map.result > out.x"],
  );

it("runs a changed step inside a map once an item, and nothing else of it", async () => {
  const events = await whole(mapped(), {});
  const { state } = await runPart(mapped("M"), { mode: "changed" }, { from: mapped(), events });
  expect(ran.toSorted()).toEqual(["M:af", "M:bf", "M:cf"]);
  expect(state.outputs).toEqual({ x: ["afM", "bfM", "cfM"] });
  // A map that was taken over as a whole has no items to take from: it is run.
  const again = await runPart(mapped(), { mode: "changed" }, { from: mapped(), events });
  const { state: third } = await runPart(mapped("M"), { mode: "changed" }, { from: mapped(), events: again.events });
  expect(third.outputs).toEqual({ x: ["afM", "bfM", "cfM"] });
});

it("runs one item of a map as if it were the pipeline: to a step, alone, and from it", async () => {
  const events = await whole(mapped(), {});
  const within = ["map#1"];
  const to = await runPart(mapped(), { mode: "to", node: "second", within }, { events });
  expect(ran).toEqual(["m:bf"]);
  expect(to.state.nodes.get("map#1/second")?.outputs).toEqual({ text: "bfm" });
  const alone = await runPart(
    mapped(),
    { mode: "alone", node: "second", within, given: { a: "hand" } },
    { events: to.events },
  );
  expect(ran).toEqual(["m:hand"]);
  expect(alone.state.status).toBe("success");
  const from = await runPart(mapped(), { mode: "from", node: "first", within }, { events });
  expect(ran).toEqual(["f:b", "m:bf"]);
  expect(from.state.outputs).toEqual({ result: "bfm" });
  expect(planned(mapped(), { mode: "to", node: "second", within })).toMatchObject({ error: { code: "no-frame" } });
  expect(planned(mapped(), { mode: "to", node: "second", within: ["map#9"] }, { events })).toMatchObject({
    error: { code: "no-frame" },
  });
  expect(planned(mapped(), { mode: "to", node: "second", within: ["list#0"] }, { events })).toMatchObject({
    error: { code: "no-frame" },
  });
  // A run of one item says nothing of the pipeline around it.
  await runPart(mapped(), { mode: "changed" }, { events: to.events });
  expect(ran).toHaveLength(6);
});

it("does not run an item of which the record has only the ends", async () => {
  const long = {
    ...mapped(),
    nodes: mapped().nodes.map((node) =>
      node.id === "list" ? { ...node, config: { value: ["x".repeat(200_000)] } } : node,
    ),
  };
  const events = (await runPlan(planOf(long, catalog))).events;
  expect(planned(long, { mode: "to", node: "first", within: ["map#0"] }, { events })).toMatchObject({
    error: { code: "frame-cut" },
  });
});

test("whatever step is changed, at whatever depth, the run of what changed answers as a whole run does, also after a crash", async () => {
  await fc.assert(
    fc.asyncProperty(containerDocument, fc.nat(), fc.nat(), async (random, which, cut) => {
      const former = await runPlan(planOf(random, catalog), { text: "hi" }, { concurrency: 1 });
      const changed = changeSome(random, which);
      ran.length = 0;
      const wanted = await runPlan(planOf(changed, catalog), { text: "hi" }, { concurrency: 1 });
      const most = ran.length;
      const part = planned(
        changed,
        { mode: "changed" },
        { from: random, events: former.events, inputs: { text: "hi" } },
      );
      if (!part.ok) throw new Error(JSON.stringify(part.error));
      ran.length = 0;
      const { state, events } = await runPlan(
        planOf(changed, catalog),
        { text: "hi" },
        { concurrency: 1, ...part.value },
      );
      expect(ran.length).toBeLessThanOrEqual(most);
      expect([state.status, state.outputs]).toEqual([wanted.state.status, wanted.state.outputs]);
      const log = stored(events.slice(0, 1 + (cut % events.length)));
      const rest = await runPlan(planOf(changed, catalog), {}, { concurrency: 1, resume: log });
      const begun = log.length > part.value.taken.length;
      expect(rest.state.outputs).toEqual(begun ? wanted.state.outputs : null);
      if (!begun) expect(rest.state.error?.code).toBe("interrupted");
    }),
    { numRuns: 150 },
  );
});

/** Marks one of the steps that can be marked, of all depths. */
const changeSome = (document: GraphDocument, which: number): GraphDocument => {
  const marked: string[] = [];
  const count = (at: GraphDocument, path: string): void => {
    for (const node of at.nodes) {
      if (node.type === pickyNode.type) marked.push(`${path}/${node.id}`);
      if (node.body) count(node.body, `${path}/${node.id}`);
    }
  };
  count(document, "");
  const chosen = marked[which % Math.max(1, marked.length)];
  const change = (at: GraphDocument, path: string): GraphDocument => ({
    ...at,
    nodes: at.nodes.map((node) => {
      const here = `${path}/${node.id}`;
      if (here === chosen) return { ...node, config: { mark: "!" } };
      return node.body ? { ...node, body: change(node.body, here) } : node;
    }),
  });
  return change(document, "");
};
