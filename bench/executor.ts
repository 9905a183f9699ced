// Overhead of the executor a no-op node, with every event read, against a hand-written ready queue in the same run.
//   node --import tsx bench/executor.ts            the executor alone
//   node --import tsx bench/executor.ts --peers    LangGraph.js and Rivet beside it, installed into bench/peers/executor on demand
import { z } from "zod";
import { execute } from "@/runtime/executor/execute";
import type { GraphDocument } from "@/runtime/graph/document";
import { createCatalog } from "@/runtime/node/catalog";
import { defineNode } from "@/runtime/node/define-node";
import * as port from "@/runtime/node/port";
import { compile } from "@/runtime/plan/compile";
import { type BenchGraph, type GraphName, graphs, work } from "./lib/graphs";
import { measureInTurns } from "./lib/measure";
import { readyQueue } from "./lib/ready-queue";

const limit = 30;
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
const models = { chat: none, embed: none, moderate: none, transcribe: none, rerank: none };

const engine = (graph: BenchGraph): (() => Promise<string>) => {
  const plan = compile(documentOf(graph), createCatalog([workNode, endNode]));
  if (!plan.ok) throw new Error(JSON.stringify(plan.error));
  return async () => {
    let answer = "";
    for await (const event of execute(plan.value, {}, { runId: "bench", models })) {
      if (event.type === "run-end" && event.outcome === "success") answer = String(event.outputs.answer);
    }
    return answer;
  };
};

const peers = process.argv.includes("--peers") ? (await import("./lib/executor-peers")).peers : {};

let failed = false;
for (const name of Object.keys(graphs) as GraphName[]) {
  const graph = graphs[name];
  const byHand = readyQueue(graph);
  const ours = engine(graph);
  if ((await ours()) !== byHand()) throw new Error(`${name}: the two do not agree on the answer.`);
  const others = Object.fromEntries(Object.entries(peers).map(([peer, build]) => [peer, build(graph)]));
  const times: Record<string, number> = await measureInTurns(
    { "ready queue": byHand, pipewright: ours, ...others },
    budgetMs,
  );
  const base = times["ready queue"] as number;
  console.log(name);
  for (const [contender, ms] of Object.entries(times)) {
    const perNode = ((ms * 1000) / graph.length).toFixed(2).padStart(8);
    console.log(
      `  ${contender.padEnd(14)} ${perNode} us a node  ${(ms / base).toFixed(1).padStart(7)} x the ready queue`,
    );
  }
  const ratio = (times.pipewright as number) / base;
  if (ratio > limit) failed = true;
  console.log(`  ${ratio <= limit ? "holds" : "FAILS"}: ${ratio.toFixed(1)} x, limit ${limit} x`);
}
process.exit(failed ? 1 : 0);
