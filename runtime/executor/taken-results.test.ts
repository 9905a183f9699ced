import fc from "fast-check";
import { expect, it, test } from "vitest";
import { z } from "zod";
import { flowLoop } from "@/nodes/flow/loop";
import { flowMap } from "@/nodes/flow/map";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import type { RunEvent } from "@/runtime/run/events";
import { pathKey } from "@/runtime/run/reduce";
import { buildDocument } from "@/runtime/testing/build-document";
import { containerDocument } from "@/runtime/testing/container-arbitrary";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { about, testCatalog, valueNode } from "@/runtime/testing/test-nodes";
import { takenResults } from "./taken-results";

/** Fails for "bad" until it is mended, and writes down what it was run with. */
const world = { broken: true, ran: [] as string[] };
const pickyNode = defineNode({
  ...about("Picky"),
  type: "text/test-picky",
  config: z.object({}),
  inputs: { a: port.text() },
  outputs: { text: port.text() },
  examples: [{ name: "takes", config: {}, inputs: { a: "x" }, outputs: { text: "x" } }],
  run: async ({ inputs }) => {
    world.ran.push(inputs.a);
    if (world.broken && inputs.a.includes("bad")) throw new NodeFailure("node-failed", "It is bad.");
    return { text: inputs.a };
  },
});
const catalog = createCatalog([...testCatalog.nodes, ioInput, ioOutput, flowMap, flowLoop, pickyNode]);
const stored = (events: readonly RunEvent[]): RunEvent[] => JSON.parse(JSON.stringify(events));

const item = buildDocument(
  {
    in: { type: "io/input", config: { fields: [{ name: "item" }] } },
    step: { type: pickyNode.type },
    out: { type: "io/output", config: { outputs: [{ name: "result", title: "" }] } },
  },
  ["in.item > step.a", "step.text > out.result"],
);
/** Each round goes over the same list; the round that fails is the first, so that a loop is run on from there. */
const round = (onFailure: string) =>
  buildDocument(
    {
      in: { type: "io/input", config: { fields: [{ name: "list", kind: "json" }] } },
      map: { type: "flow/map", config: { onFailure, concurrency: 1 }, body: item },
      out: { type: "io/output", config: { outputs: [{ name: "list", title: "" }] } },
    },
    ["in.list > map.items", "map.result > out.list"],
  );
const document = (onFailure: string) =>
  buildDocument(
    {
      first: { type: valueNode.type, config: { value: ["a", "bad", "c"] } },
      loop: { type: "flow/loop", config: { maximum: 2 }, body: round(onFailure) },
      out: { type: "io/output", config: { outputs: [{ name: "answer", title: "" }] } },
    },
    ["first.value > loop.list", "loop.list > out.answer"],
  );

it("runs again the one item that failed, in a map in a loop, and takes what ended well", async () => {
  Object.assign(world, { broken: true, ran: [] });
  const plan = planOf(document("stop"), catalog);
  const former = await runPlan(plan);
  expect(former.state.status).toBe("failure");
  expect(world.ran).toEqual(["a", "bad"]);
  Object.assign(world, { broken: false, ran: [] });
  const taken = takenResults(plan, stored(former.events));
  expect(taken.map(({ path }) => path.join("/"))).toEqual(["first", "loop#0/in", "loop#0/map#0", "loop#0/map#1/in"]);
  const { state, events } = await runPlan(plan, {}, { taken });
  expect(world.ran).toEqual(["bad", "c", "a", "bad", "c"]);
  expect(state.outputs).toEqual({ answer: ["a", "bad", "c"] });
  expect(state.nodes.get("loop#0/map#0")).toMatchObject({ status: "success", cached: true });
  expect(events.map(({ seq }) => seq)).toEqual(events.map((_, index) => index));
});

it("does not take what was left out because it failed, nor what came after it", async () => {
  Object.assign(world, { broken: true, ran: [] });
  const plan = planOf(document("drop"), catalog);
  const former = await runPlan(plan);
  expect(former.state.outputs).toEqual({ answer: ["a", "c"] });
  Object.assign(world, { broken: false, ran: [] });
  const { state } = await runPlan(plan, {}, { taken: takenResults(plan, stored(former.events)) });
  // The second round began without the item that failed: it is run whole.
  expect(world.ran).toEqual(["bad", "a", "bad", "c"]);
  expect(state.outputs).toEqual({ answer: ["a", "bad", "c"] });
});

it("takes nothing of a run in which nothing failed", async () => {
  Object.assign(world, { broken: false, ran: [] });
  const plan = planOf(document("stop"), catalog);
  expect(takenResults(plan, (await runPlan(plan)).events)).toEqual([]);
});

test("whatever failed, the run that takes over gives what a whole run gives, and a crash in it changes nothing", async () => {
  await fc.assert(
    fc.asyncProperty(containerDocument, fc.nat(), async (random, cut) => {
      const plan = planOf(random, catalog);
      Object.assign(world, { broken: true, ran: [] });
      const former = await runPlan(plan, { text: "hi" }, { concurrency: 1 });
      Object.assign(world, { broken: false, ran: [] });
      const wanted = await runPlan(plan, { text: "hi" }, { concurrency: 1 });
      const most = world.ran.length;
      world.ran = [];
      const taken = takenResults(plan, stored(former.events));
      const { state, events } = await runPlan(plan, { text: "hi" }, { concurrency: 1, taken });
      if (taken.length > 0) expect(world.ran.length).toBeLessThanOrEqual(most);
      expect(state.outputs).toEqual(wanted.state.outputs);
      expect(state.status).toEqual(wanted.state.status);
      const ends = events.flatMap((event) => (event.type === "node-end" ? [pathKey(event.path)] : []));
      expect(new Set(ends).size).toBe(ends.length);
      const log = stored(events.slice(0, 1 + (cut % events.length)));
      const rest = await runPlan(plan, {}, { concurrency: 1, resume: log });
      expect(rest.state.outputs).toEqual(wanted.state.outputs);
    }),
    { numRuns: 100 },
  );
});
