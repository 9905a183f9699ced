// What an agent adds to the time of its model: two turns and one call of a tool, against the same two requests made by hand in the same run; and what a call of
// code in the sandbox takes.
//   node --import tsx bench/agent.ts            the agent and the sandbox alone
//   node --import tsx bench/agent.ts --peers    LangGraph.js's prebuilt agent and Mastra's beside it, installed into bench/peers/agent on demand
import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { agentTools } from "@/nodes/agent/tools";
import { execute } from "@/runtime/executor/execute";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { createCatalog } from "@/runtime/node/catalog";
import { CodeThreads } from "@/runtime/sandbox/code-threads";
import { documentAround } from "@/runtime/testing/node-spec";
import { planOf } from "@/runtime/testing/run-plan";
import { valueNode } from "@/runtime/testing/test-nodes";

const rounds = 200;
const limitMs = 1;
const port = 18_431;

const main = path.resolve(import.meta.dirname, "../runtime/testing/fake-openai-server.ts");
const server = spawn(process.execPath, ["--import", "tsx", main, "--port", String(port)], {
  stdio: ["ignore", "pipe", "inherit"],
});
await once(server.stdout, "data");
const baseUrl = `http://127.0.0.1:${port}/v1`;

const parameters = { type: "object", properties: { city: { type: "string" } }, required: ["city"] };
const question = "What is the weather in Paris?";
const gateway = createOpenAiGateway({
  endpoints: [
    {
      slug: "fake",
      replicas: [{ baseUrl }],
      models: [{ name: "tools", chat: true, inputMicroUsdPerM: 1, outputMicroUsdPerM: 1 }],
    },
  ],
  defaults: { chat: "fake/tools" },
  clock: systemClock,
  random: Math.random,
  fetch: createUndiciFetch(),
});

/** The model's own time: the two requests, by hand, through the same gateway. */
const bare = async (): Promise<void> => {
  const tools = [{ name: "get_weather", description: "Tells the weather.", parameters }];
  const messages: Parameters<typeof gateway.chat>[0]["messages"][number][] = [{ role: "user", content: question }];
  const options = { signal: new AbortController().signal, onCall: () => {} };
  for (let turn = 0; turn < 2; turn += 1) {
    let text = "";
    for await (const part of gateway.chat({ model: "default", messages, tools }, options)) {
      if (part.type === "text-delta") text += part.delta;
      if (part.type !== "tool-call") continue;
      messages.push({ role: "assistant", content: "", toolCalls: [part.call] });
      messages.push({ role: "tool", content: "Sunny.", toolCallId: part.call.id });
    }
    if (turn === 1 && text === "") throw new Error("no answer");
  }
};

const plan = planOf(
  documentAround(agentTools, {
    name: "agent",
    config: {
      tools: [{ name: "get_weather", description: "Tells the weather.", kind: "code", code: "return 1", parameters }],
    },
    inputs: { text: question },
    outputs: {},
  } as never),
  createCatalog([agentTools, valueNode]),
);
/** Its tool answers at once, as those of the peers do. */
const services = { code: { run: async () => ({ ok: true as const, value: "Sunny.", lines: [] }) } };
const agent = async (): Promise<void> => {
  let isDone = false;
  for await (const event of execute(plan, {}, { runId: "bench", models: gateway, services }))
    if (event.type === "run-end") isDone = event.outcome === "success";
  if (!isDone) throw new Error("the agent failed");
};

type Subject = () => Promise<void>;
const median = (values: readonly number[], share = 0.5): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;

/** In turns, so that what the machine does beside falls on all alike. */
const measure = async (subjects: Readonly<Record<string, Subject>>) => {
  const times = new Map(Object.keys(subjects).map((name) => [name, [] as number[]]));
  for (const run of Object.values(subjects)) for (let warm = 0; warm < 20; warm += 1) await run();
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, run] of Object.entries(subjects)) {
      const began = performance.now();
      await run();
      times.get(name)?.push(performance.now() - began);
    }
  }
  return times;
};

const peers = process.argv.includes("--peers")
  ? await (await import("./lib/agent-peers")).agentPeers(baseUrl, question)
  : {};
const times = await measure({ bare, agent, ...peers });
const own = times.get("bare") ?? [];
let holds = true;
console.log(`two turns and a call, ${rounds} rounds: the model's own time ${median(own).toFixed(2)} ms`);
for (const [name, each] of times) {
  if (name === "bare") continue;
  // Round by round, over the two requests by hand of the same round.
  const added = each.map((time, round) => (time - (own[round] ?? 0)) / 2);
  const [low, middle, high] = [0.1, 0.5, 0.9].map((share) => median(added, share));
  console.log(`${name}: added a turn p10 ${low?.toFixed(2)}, p50 ${middle?.toFixed(2)}, p90 ${high?.toFixed(2)} ms`);
  if (name === "agent") holds &&= (middle ?? limitMs) < limitMs;
}

const threads = new CodeThreads({ root: process.cwd() });
const signal = new AbortController().signal;
const program = { code: "return { doubled: inputs.n * 2 };", inputs: { n: 21 }, milliseconds: 1_000, megabytes: 32 };
const firstAt = performance.now();
await threads.run("bench", program, signal);
const first = performance.now() - firstAt;
const calls = await measure({ code: async () => void (await threads.run("bench", program, signal)) });
const code = calls.get("code") ?? [];
console.log(
  `code in the sandbox, small input: first ${first.toFixed(0)} ms, then p10 ${median(code, 0.1).toFixed(2)}, p50 ${median(code).toFixed(2)}, p90 ${median(code, 0.9).toFixed(2)} ms`,
);
holds &&= median(code) < limitMs;
await threads.close();
server.kill();
console.log(holds ? "both limits of 1 ms hold" : "a limit of 1 ms does not hold");
process.exit(holds ? 0 : 1);
