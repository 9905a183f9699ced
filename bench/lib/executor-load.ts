import { z } from "zod";
import type { EventSink } from "@/runtime/executor/event-sink";
import { execute } from "@/runtime/executor/execute";
import { startRun } from "@/runtime/executor/start-run";
import type { GraphDocument } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import * as port from "@/runtime/node/port";
import { compile } from "@/runtime/plan/compile";
import type { Plan } from "@/runtime/plan/plan";
import { type BenchGraph, type GraphName, graphs, work } from "./graphs";
import { measureInTurns } from "./measure";
import { readyQueue } from "./ready-queue";

/** Times the ready queue. */
const limit = 4;
const budgetMs = 2000;

const about = {
  version: 1,
  title: { en: "Bench", zh: "基准" },
  summary: { en: "Does next to nothing.", zh: "几乎不做任何事。" },
  icon: "box",
} as const;
const workNode = defineNode({
  ...about,
  type: "text/bench-work",
  config: z.object({ id: z.string().default(""), needs: z.array(z.string()).default([]) }),
  inputs: ({ needs }): port.Ports => Object.fromEntries(needs.map((name) => [name, port.text()])),
  outputs: { text: port.text() },
  examples: [{ name: "works", config: { id: "n" }, inputs: {}, outputs: { text: "n()" } }],
  run: async ({ config, inputs }) => ({ text: work(config.id, Object.values(inputs) as string[]) }),
});
const endNode = defineNode({
  ...about,
  type: "io/bench-end",
  config: z.object({}),
  inputs: { answer: port.text() },
  outputs: {},
  boundary: { kind: "output" },
  examples: [{ name: "ends", config: {}, inputs: { answer: "" }, outputs: {} }],
  run: async () => ({}),
});

const documentOf = (graph: BenchGraph): GraphDocument => ({
  schemaVersion: 1,
  nodes: [
    ...graph.map(({ id, needs }) => ({
      id,
      type: workNode.type,
      typeVersion: 1,
      config: { id, needs: [...needs] },
      disabled: false,
    })),
    { id: "answer", type: endNode.type, typeVersion: 1, config: {}, disabled: false },
  ],
  edges: [
    ...graph.flatMap(({ id, needs }) =>
      needs.map((need) => ({
        id: `${need}-${id}`,
        from: { node: need, port: "text" },
        to: { node: id, port: need },
      })),
    ),
    {
      id: "last",
      from: { node: graph.at(-1)?.id ?? "", port: "text" },
      to: { node: "answer", port: "answer" },
    },
  ],
  layout: {},
});

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

const planOf = (graph: BenchGraph): Plan => {
  const plan = compile(documentOf(graph), createCatalog([workNode, endNode]));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return plan.value;
};

/** Each event is read as it comes, as a published run reads them. */
const pushed = (plan: Plan) => () =>
  new Promise((resolve) => {
    let answer = "";
    const sink: EventSink = {
      take: (event) => {
        if (event.type === "run-end" && event.outcome === "success") answer = String(event.outputs.answer);
      },
      end: () => resolve(answer),
      full: false,
      whenDrained: () => {},
    };
    startRun(plan, {}, { runId: "bench", models }, sink);
  });

/** The same as an iteration, as experiments read them. */
const iterated = (plan: Plan) => async () => {
  let answer = "";
  for await (const event of execute(plan, {}, { runId: "bench", models })) {
    if (event.type === "run-end" && event.outcome === "success") answer = String(event.outputs.answer);
  }
  return answer;
};

export type Peers = Readonly<Record<string, (graph: BenchGraph) => () => unknown>>;

/** Says whether the limit holds on every graph. */
export const measureExecutor = async (peers: Peers): Promise<boolean> => {
  let holds = true;
  for (const name of Object.keys(graphs) as GraphName[]) {
    const graph = graphs[name];
    const byHand = readyQueue(graph);
    const plan = planOf(graph);
    const ours = { pipewright: pushed(plan), "as iteration": iterated(plan) };
    for (const [way, run] of Object.entries(ours)) {
      if ((await run()) !== byHand())
        throw new Error(`${name}: ${way} and the ready queue do not agree on the answer.`);
    }
    const others = Object.fromEntries(Object.entries(peers).map(([peer, build]) => [peer, build(graph)]));
    const times: Record<string, number> = await measureInTurns({ "ready queue": byHand, ...ours, ...others }, budgetMs);
    const base = times["ready queue"] as number;
    console.log(name);
    for (const [contender, ms] of Object.entries(times)) {
      const perNode = ((ms * 1000) / graph.length).toFixed(2).padStart(8);
      console.log(
        `  ${contender.padEnd(14)} ${perNode} us a node  ${(ms / base).toFixed(1).padStart(7)} x the ready queue`,
      );
    }
    const ratio = (times.pipewright as number) / base;
    if (ratio > limit) holds = false;
    console.log(`  ${ratio <= limit ? "holds" : "FAILS"}: ${ratio.toFixed(1)} x, limit ${limit} x`);
  }
  return holds;
};
