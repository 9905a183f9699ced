import { randomUUID } from "node:crypto";
import { catalog } from "@/nodes";
import type { GraphNode } from "@/runtime/graph/document";
import type { ModelGateway } from "@/runtime/model/endpoint";
import { compile } from "@/runtime/plan/compile";
import type { Database } from "@/server/platform/db/database";
import { LiveRun } from "./live-run";
import { RunRecorder } from "./run-recorder";
import type { RunText } from "./write-runs";

/** For tests: a process that runs pipelines which multiply a text, ten at once, and says what was recorded of them and how much memory it took. */
const node = (id: string, type: string, config: GraphNode["config"]) => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
});
const wire = (from: string, port: string, to: string, input: string) => ({
  id: `${from}.${port}-${to}.${input}`,
  from: { node: from, port },
  to: { node: to, port: input },
});
/** Each step writes twice what the one before wrote: 200,000 characters become 800 million in twelve steps. */
const doubling = (step: (index: number) => { type: string; config: GraphNode["config"]; input: string[] }) => {
  const steps = Array.from({ length: 12 }, (_, index) => ({ id: `step-${index}`, ...step(index) }));
  const compiled = compile(
    {
      schemaVersion: 1,
      nodes: [
        node("in", "io/input", { fields: [{ name: "text", kind: "text", maxLength: 200_000 }] }),
        ...steps.map(({ id, type, config }) => node(id, type, config)),
        node("out", "io/output", { outputs: [{ name: "answer" }] }),
      ],
      edges: [
        ...steps.flatMap(({ id, input }, index) =>
          input.map((name) => wire(index === 0 ? "in" : `step-${index - 1}`, "text", id, name)),
        ),
        wire("step-11", "text", "out", "answer"),
      ],
      layout: {},
    },
    catalog,
  );
  if (!compiled.ok) throw new Error(JSON.stringify(compiled.error));
  return compiled.value;
};
const plans = [
  doubling(() => ({ type: "text/template", config: { template: "{{a}}{{a}}" }, input: ["a"] })),
  doubling(() => ({ type: "text/join", config: { inputs: 2, separator: "none" }, input: ["text1", "text2"] })),
  doubling(() => ({ type: "text/join", config: { inputs: 1, template: "{{text}}\n{{text}}" }, input: ["text1"] })),
];

let recordedCharacters = 0;
const ends: RunText[] = [];
const recorder = new RunRecorder({} as Database, async (_, texts) => {
  for (const text of texts) {
    recordedCharacters += text.log.length;
    if (text.summary.status !== "running") ends.push(text);
  }
});
// Two bytes a character in memory, three on disk.
const inputs = { text: "字".repeat(200_000) };
const runs = Array.from({ length: 10 }, (_, index) => {
  const run = {
    id: randomUUID(),
    workspaceId: "w",
    pipelineId: "p",
    revisionId: "r",
    deploymentId: null,
    apiKeyId: null,
    trigger: "api" as const,
  };
  const plan = plans[index % plans.length] as (typeof plans)[number];
  // No step asks a model.
  const models = {} as ModelGateway;
  return new LiveRun({ run, plan, inputs, models, services: {}, pace: "behind" }, recorder);
});
await Promise.all(runs.map(({ finished }) => finished));
process.stdout.write(
  JSON.stringify({
    codes: ends.map(({ summary }) => summary.errorCode),
    steps: ends.map(({ log }) => /"node":"(step-\d+)"/.exec(log)?.[1]),
    recordedCharacters,
    peakMegabytes: Math.round(process.resourceUsage().maxRSS / 1024),
  }),
);
