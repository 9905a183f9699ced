// Whether each template comes to the right fact on the embedded models, run after run: the first sample of each, in both languages, through the app as
// `npm start` runs it, judged by the facts that the browser test looks for. And the most memory that the app and all its processes took meanwhile.
//   node --import tsx bench/templates.ts
//   node --import tsx bench/templates.ts --only complaint-classification,voice-answers --language zh --runs 3 --misses
//   node --import tsx bench/templates.ts --temperature 0.3
// Every run has a seed of its own. Where all steps of a template choose the likeliest words (temperature 0) seeds change nothing, and what differs is how
// much of an earlier prompt is still there to go on from; --temperature has the chat steps choose more freely than they are set to, as a harder trial.
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import type { GraphDocument } from "@/runtime/graph/document";
import { type Locale, locales } from "@/runtime/node/localized";
import type { RunEvent } from "@/runtime/run/events";
import { templates } from "@/templates";
import { type OutputFact, templateFacts } from "../e2e/fixtures/template-facts";
import { type BenchApp, startApp } from "./lib/app";
import { type ProcessMemory, totalBytes, treeMemory } from "./lib/process-memory";

const { values } = parseArgs({
  options: {
    only: { type: "string" },
    language: { type: "string" },
    runs: { type: "string", default: "10" },
    temperature: { type: "string" },
    seconds: { type: "string" },
    port: { type: "string", default: "3320" },
    misses: { type: "boolean", default: false },
  },
});
const runs = Number(values.runs);
const only = values.only?.split(",");
const least = 0.9;
/** A step that asks a chat model has both settings. */
const chatSteps = ["prompt/chat", "classifier/prompt", "fine-tuned/chat"];
const longestPreparation = 10 * 60_000;
const longestRun = 15 * 60_000;

type Outputs = Readonly<Record<string, unknown>>;

/** Asks until there is an answer, for as long as `most` milliseconds. */
const until = async <T>(what: string, most: number, look: () => Promise<T | null>): Promise<T> => {
  const startedAt = performance.now();
  for (;;) {
    const found = await look();
    if (found !== null) return found;
    if (performance.now() - startedAt > most) throw new Error(`${what} took more than ${most / 1000} s`);
    await wait(500);
  }
};

interface Opened {
  readonly pipelineId: string;
  readonly revision: number;
  readonly document: GraphDocument;
  readonly inputs: Readonly<Record<string, unknown>>;
}

/** A new pipeline from the template, once what it brings along is indexed and trained. */
const open = async (app: BenchApp, templateId: string, locale: Locale): Promise<Opened> => {
  const { id, jobs } = await app.mutate<{ id: string; jobs: string[] }>("pipeline.create", {
    name: `${templateId} ${locale}`,
    templateId,
    locale,
  });
  for (const job of jobs) {
    const status = await until("preparing a template", longestPreparation, async () => {
      const { status } = await app.query<{ status: string }>("job.get", { id: job });
      return ["queued", "running"].includes(status) ? null : status;
    });
    if (status !== "success") throw new Error(`what ${templateId} brings along ended as ${status}`);
  }
  const { revision, document, sampleInputs } = await app.query<{
    revision: number;
    document: GraphDocument;
    sampleInputs: Readonly<Record<string, unknown>>;
  }>("pipeline.get", { id });
  return { pipelineId: id, revision, document, inputs: sampleInputs };
};

/** The outputs of one run; null where it failed. */
const runOnce = async (app: BenchApp, { pipelineId, revision, document, inputs }: Opened, seed: number) => {
  const overrides = document.nodes
    .filter(({ type }) => chatSteps.includes(type))
    .map(({ id: nodeId }) => ({
      nodeId,
      config: { seed, ...(values.temperature === undefined ? {} : { temperature: Number(values.temperature) }) },
    }));
  const { runId } = await app.mutate<{ runId: string }>("run.start", { pipelineId, revision, inputs, overrides });
  return until("a run", longestRun, async () => {
    const { events } = await app.query<{ events: RunEvent[] }>("run.get", { id: runId });
    const end = events.findLast(({ type }) => type === "run-end");
    if (end === undefined) return null;
    return { outputs: "outputs" in end ? ((end.outputs ?? {}) as Outputs) : null };
  });
};

const isRight = (facts: readonly OutputFact[], outputs: Outputs | null): boolean =>
  outputs !== null &&
  facts.every(({ output, holds, not }) => {
    const said = String(outputs[output]);
    return holds.test(said) && !(not?.test(said) ?? false);
  });

const app = await startApp(Number(values.port), { models: true });
const startedAt = performance.now();
const isLate = () => values.seconds !== undefined && performance.now() - startedAt > Number(values.seconds) * 1000;
/** When they took the most together. */
let most: readonly ProcessMemory[] = [];
const watch = setInterval(() => {
  const now = treeMemory(app.processId);
  if (totalBytes(now) > totalBytes(most)) most = now;
}, 1_000);
try {
  console.log("| template | language | right | different answers | s a run |\n|---|---|---|---|---|");
  for (const { id } of templates) {
    if (only !== undefined && !only.includes(id)) continue;
    for (const locale of locales) {
      if (values.language !== undefined && values.language !== locale) continue;
      if (isLate()) break;
      const opened = await open(app, id, locale);
      const facts = templateFacts[id]?.[locale] ?? [];
      if (facts.length === 0) throw new Error(`there are no facts of ${id}`);
      const answers: (Outputs | null)[] = [];
      const begunAt = performance.now();
      for (let run = 1; run <= runs && !isLate(); run++) answers.push((await runOnce(app, opened, run)).outputs);
      const right = answers.filter((outputs) => isRight(facts, outputs)).length;
      const different = new Set(answers.map((outputs) => JSON.stringify(outputs))).size;
      const seconds = (performance.now() - begunAt) / 1000 / Math.max(1, answers.length);
      console.log(`| ${id} | ${locale} | ${right} of ${answers.length} | ${different} | ${seconds.toFixed(1)} |`);
      if (values.misses)
        for (const outputs of answers.filter((outputs) => !isRight(facts, outputs)))
          console.log(`  ${JSON.stringify(outputs)?.slice(0, 600)}`);
      if (right < least * answers.length) process.exitCode = 1;
    }
  }
  const load = readFileSync("/proc/loadavg", "utf8").split(" ")[0];
  const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)} MB`;
  console.log(`\nMost memory of all processes together: ${megabytes(totalBytes(most))}. Load at the end: ${load}.`);
  for (const { what, bytes } of most.toSorted((left, right) => right.bytes - left.bytes))
    console.log(`  ${megabytes(bytes).padStart(8)}  ${what}`);
} finally {
  clearInterval(watch);
  await app.stop();
}
