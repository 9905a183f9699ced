import { z } from "zod";
import { flowMap } from "@/nodes/flow/map";
import { ioInput } from "@/nodes/io/input";
import { ioOutput } from "@/nodes/io/output";
import type { EventSink } from "@/runtime/executor/event-sink";
import { startRun } from "@/runtime/executor/start-run";
import type { GraphDocument, GraphEdge, GraphNode } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import * as port from "@/runtime/node/port";
import { compile } from "@/runtime/plan/compile";
import type { Plan } from "@/runtime/plan/plan";
import type { RunEvent } from "@/runtime/run/events";
import { measureInTurns } from "./measure";

/** Times the same steps laid out flat. */
const limit = 3;
/** Bytes that may stay for an item beyond its result, as more of them go by. */
const mostBytes = 400;
const items = 10_000;
const budgetMs = 8000;

const about = {
  version: 1,
  title: { en: "Bench", zh: "基准" },
  summary: { en: "Does next to nothing.", zh: "几乎不做任何事。" },
  icon: "box",
} as const;
const sourceNode = defineNode({
  ...about,
  type: "data/bench-source",
  config: z.object({ value: z.json().default(null) }),
  inputs: {},
  outputs: { item: port.any() },
  examples: [{ name: "gives", config: { value: 1 }, inputs: {}, outputs: { item: 1 } }],
  run: async ({ config }) => ({ item: config.value }),
});
const workNode = defineNode({
  ...about,
  type: "text/bench-work",
  config: z.object({}),
  inputs: { item: port.any() },
  outputs: { result: port.any() },
  examples: [{ name: "works", config: {}, inputs: { item: 1 }, outputs: { result: 1 } }],
  run: async ({ inputs }) => ({ result: inputs.item }),
});
const sinkNode = defineNode({
  ...about,
  type: "data/bench-sink",
  config: z.object({}),
  inputs: { result: port.any() },
  outputs: {},
  examples: [{ name: "ends", config: {}, inputs: { result: 1 }, outputs: {} }],
  run: async () => ({}),
});
const catalog = createCatalog([sourceNode, workNode, sinkNode, flowMap, ioInput, ioOutput]);

const node = (
  id: string,
  type: string,
  config: GraphNode["config"] = {},
  rest: Partial<GraphNode> = {},
): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...rest,
});
const wire = (from: string, output: string, to: string, input: string): GraphEdge => ({
  id: `${from}-${to}`,
  from: { node: from, port: output },
  to: { node: to, port: input },
});
const document = (nodes: GraphNode[], edges: GraphEdge[]): GraphDocument => ({
  schemaVersion: 1,
  nodes,
  edges,
  layout: {},
});
const planOf = (graph: GraphDocument): Plan => {
  const plan = compile(graph, catalog);
  if (!plan.ok) throw new Error(JSON.stringify(plan.error.slice(0, 3)));
  return plan.value;
};

const list = (count: number) => Array.from({ length: count }, (_, index) => index);
const mapped = (count: number): Plan =>
  planOf(
    document(
      [
        node("list", sourceNode.type, { value: list(count) }),
        node(
          "map",
          "flow/map",
          { concurrency: 16 },
          {
            body: document(
              [
                node("in", "io/input", { fields: [{ name: "item", kind: "json" }] }),
                node("work", workNode.type),
                node("out", "io/output", { outputs: [{ name: "result", title: "" }] }),
              ],
              [wire("in", "item", "work", "item"), wire("work", "result", "out", "result")],
            ),
          },
        ),
        node("sink", sinkNode.type),
      ],
      [wire("list", "item", "map", "items"), wire("map", "result", "sink", "result")],
    ),
  );
const flat = (count: number): Plan =>
  planOf(
    document(
      list(count).flatMap((index) => [
        node(`in${index}`, sourceNode.type, { value: index }),
        node(`work${index}`, workNode.type),
        node(`out${index}`, sinkNode.type),
      ]),
      list(count).flatMap((index) => [
        wire(`in${index}`, "item", `work${index}`, "item"),
        wire(`work${index}`, "result", `out${index}`, "result"),
      ]),
    ),
  );

const none = () => {
  throw new Error("No model is called here.");
};
const models = {
  chat: none,
  complete: none,
  embed: none,
  moderate: none,
  transcribe: none,
  rerank: none,
  draw: none,
  speak: none,
};

/** Each event is read as it comes, and not kept. */
const run = (plan: Plan, seen: (event: RunEvent) => void = () => {}) =>
  new Promise<number>((resolve) => {
    let ends = 0;
    const sink: EventSink = {
      take: (event) => {
        if (event.type === "node-end" && event.outcome === "success") ends++;
        seen(event);
      },
      end: () => resolve(ends),
      full: false,
      whenDrained: () => {},
    };
    startRun(plan, {}, { runId: "bench", models }, sink);
  });

const collect = (): number => {
  (globalThis as { gc?: () => void }).gc?.();
  return process.memoryUsage().heapUsed;
};

/** Most bytes held beyond those before it began, at ten moments of the run. */
const heldBy = async (count: number): Promise<number> => {
  const plan = mapped(count);
  await run(plan);
  const before = collect();
  let most = 0;
  let ended = 0;
  await run(plan, (event) => {
    if (event.type !== "node-end" || event.path.length !== 1 || event.path[0]?.includes("#") !== true) return;
    ended++;
    if (ended % (count / 10) === 0) most = Math.max(most, collect() - before);
  });
  return most;
};

/** Says whether both limits hold. */
export const measureFrames = async (): Promise<boolean> => {
  const plans = { flat: flat(items), map: mapped(items) };
  for (const [name, plan] of Object.entries(plans)) {
    const ends = await run(plan);
    if (ends < items * 3) throw new Error(`${name}: only ${ends} steps ended.`);
  }
  const times: Record<string, number> = await measureInTurns(
    { flat: () => run(plans.flat), map: () => run(plans.map) },
    budgetMs,
  );
  const ratio = (times.map as number) / (times.flat as number);
  for (const [name, ms] of Object.entries(times)) {
    console.log(`${name.padEnd(6)} ${ms.toFixed(1).padStart(8)} ms  ${((ms * 1000) / items).toFixed(2)} us an item`);
  }
  console.log(
    `${ratio <= limit ? "holds" : "FAILS"}: ${ratio.toFixed(2)} x the same steps laid out flat, limit ${limit} x`,
  );
  const [few, many] = [await heldBy(1_000), await heldBy(items)];
  const each = (many - few) / (items - 1_000);
  console.log(`held: ${(few / 1024).toFixed(0)} KiB at 1,000 items, ${(many / 1024).toFixed(0)} KiB at 10,000`);
  console.log(`${each <= mostBytes ? "holds" : "FAILS"}: ${each.toFixed(0)} bytes an item more, limit ${mostBytes}`);
  return ratio <= limit && each <= mostBytes;
};
