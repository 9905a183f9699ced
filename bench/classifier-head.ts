// Accuracy of a classifier head on BANKING77, against classifying by examples and by prompt on the same rows.
//   node --import tsx model-server/main.ts --port 8090                                           in one terminal
//   node --import tsx bench/classifier-head.ts --data <folder> [--url http://127.0.0.1:8090/v1] [--prompt 100]   in another
// The folder holds train.csv and test.csv (columns text, category) from https://github.com/PolyAI-LDN/task-specific-datasets, folder banking_data;
// BANKING77_DATA names it too. --prompt is how many test rows the slow language model is asked about; 0 leaves it out. --model and --chat name other models.
// Nothing here is chosen by looking at the test file: every setting is the product's own default.
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { classifierExamples } from "@/nodes/classifier/examples";
import { classifierPrompt } from "@/nodes/classifier/prompt";
import { byMean, byNearest } from "@/nodes/lib/similarity";
import { wilson } from "@/runtime/eval/statistics/wilson";
import type { LabelledRow } from "@/runtime/fine-tuning/labelled-row";
import { trainingGridLimits } from "@/runtime/fine-tuning/limits";
import { guessMapping, toLabelledRows } from "@/runtime/fine-tuning/map-columns";
import { seededRandom, shuffle } from "@/runtime/fine-tuning/seeded-random";
import { type HeadSettings, headSettings } from "@/runtime/fine-tuning/train-head";
import { runTrainingTask } from "@/runtime/fine-tuning/training-task";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import type { NodeContext } from "@/runtime/node/context";
import { importTable } from "@/runtime/table/import-table";
import { readTextTable } from "@/runtime/table/read-text-table";
import { embedCached } from "./lib/embedding-cache";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: process.env.BANKING77_DATA ?? "" },
    url: { type: "string", default: "http://127.0.0.1:8090/v1" },
    model: { type: "string", default: "local-embed-en" },
    chat: { type: "string", default: "tiny-local" },
    prompt: { type: "string", default: "100" },
  },
});
const files = ["train.csv", "test.csv"].map((name) => path.join(values.data, name));
if (values.data === "" || !files.every((file) => existsSync(file))) {
  console.error(
    "Name the folder that holds BANKING77's train.csv and test.csv: --data <folder> or BANKING77_DATA.\n" +
      "Both are in https://github.com/PolyAI-LDN/task-specific-datasets/tree/master/banking_data",
  );
  process.exit(2);
}
const read = (file: string): LabelledRow[] => {
  const reading = readTextTable(readFileSync(file, "utf8"), {}, trainingGridLimits);
  const table = reading.ok ? importTable(reading.value, { headerRows: 1 }) : reading;
  if (!table.ok) throw new Error(`${file}: ${table.error}`);
  return toLabelledRows(table.value, guessMapping(table.value)).rows;
};
const [train = [], test = []] = files.map(read);

const unpriced = { inputMicroUsdPerM: null, outputMicroUsdPerM: null };
const gateway = createOpenAiGateway({
  endpoints: [
    {
      slug: "bench",
      replicas: [{ baseUrl: values.url }],
      models: [
        { name: values.model, chat: false, embedding: true, ...unpriced },
        { name: values.chat, chat: true, embedding: false, ...unpriced },
      ],
    },
  ],
  defaults: { chat: `bench/${values.chat}`, embedding: `bench/${values.model}` },
  clock: systemClock,
  random: Math.random,
  fetch: createUndiciFetch(),
});
const { signal } = new AbortController();
const options = { signal, onCall: () => {} };
const embed = async (texts: readonly string[]) =>
  (await gateway.embed({ model: "default", input: texts }, options)).vectors;
const vectorsOf = (rows: readonly LabelledRow[]) =>
  embedCached(
    values.model,
    rows.map(({ text }) => text),
    embed,
  );

/** So many rows of each label, drawn by the seed. */
const perLabel = (rows: readonly LabelledRow[], count: number, seed: number): LabelledRow[] => {
  const random = seededRandom(seed);
  const labels = [...new Set(rows.map(({ label }) => label))].sort();
  return labels.flatMap((label) =>
    shuffle(
      rows.filter((row) => row.label === label),
      random,
    ).slice(0, count),
  );
};

const percent = (share: number) => (100 * share).toFixed(2);
const trained = async (
  name: string,
  learn: readonly LabelledRow[],
  judge: readonly LabelledRow[],
  settings: HeadSettings,
) => {
  const rows = [
    ...learn.map((row) => ({ ...row, split: "train" as const })),
    ...judge.map((row) => ({ ...row, split: "test" as const })),
  ];
  const each = await vectorsOf(rows);
  const dimensions = each[0]?.length ?? 0;
  const vectors = new Float32Array(rows.length * dimensions);
  for (const [row, vector] of each.entries()) vectors.set(vector, row * dimensions);
  const result = runTrainingTask({ settings, testShare: 0, rows, dimensions, vectors }, () => {}, Date.now);
  const { accuracy, macroF1, calibration } = result.evaluation;
  console.log(
    `${name}: accuracy ${percent(accuracy.value)} (${percent(accuracy.low)} to ${percent(accuracy.high)}), macro-F1 ${percent(macroF1.value)} ` +
      `(${percent(macroF1.low)} to ${percent(macroF1.high)}), calibration error ${percent(calibration.error)}, ` +
      `${result.bestEpoch} epochs, ${(result.trainMs / 1000).toFixed(1)} s, ${(result.head.length / 1024 / 1024).toFixed(1)} MiB`,
  );
  return accuracy.value;
};

console.log(`BANKING77: ${train.length} rows to learn from, ${test.length} to be judged by, ${values.model}`);
const defaults = headSettings.parse({});
const full = await trained("head, all rows", train, test, defaults);
await trained("head, all rows, embeddings alone", train, test, { ...defaults, lexical: false });
const ten = perLabel(train, 10, 1);
await trained("head, 10 an intent", ten, test, defaults);

// The node takes at most 20 labels, so here its own arithmetic is given all 77.
const tenVectors = await vectorsOf(ten);
const testVectors = await vectorsOf(test);
const known = [...new Set(ten.map(({ label }) => label))].map((name) => ({
  name,
  vectors: tenVectors.filter((_, row) => ten[row]?.label === name).map((vector) => Array.from(vector)),
}));
for (const method of ["mean", "nearest"] as const) {
  let right = 0;
  for (const [row, vector] of testVectors.entries()) {
    const probe = Array.from(vector);
    const [best] = method === "mean" ? byMean(probe, known, 0.03) : byNearest(probe, known, 0.03, 5);
    if (best?.name === test[row]?.label) right += 1;
  }
  const { value, low, high } = wilson(right, test.length);
  console.log(
    `by examples (${method}), 10 an intent: accuracy ${percent(value)} (${percent(low)} to ${percent(high)})`,
  );
}

const asked = Number(values.prompt);
if (asked > 0) {
  const names = shuffle([...new Set(train.map(({ label }) => label))].sort(), seededRandom(2)).slice(0, 20);
  const among = (rows: readonly LabelledRow[]) => rows.filter(({ label }) => names.includes(label));
  const few = perLabel(among(train), 10, 1);
  const sample = shuffle([...among(test)], seededRandom(3)).slice(0, asked);
  console.log(`20 intents, 10 examples each, ${sample.length} test rows:`);
  await trained("  head", few, sample, defaults);
  const ctx = {
    signal,
    run: { id: "bench", inputs: {} },
    model: {
      chat: (request) => gateway.chat(request, options),
      embed: async ({ input }) => ({
        vectors: (await embedCached(values.model, input, embed)).map((vector) => Array.from(vector)),
        usage: null,
        costMicroUsd: null,
      }),
    },
    log: () => {},
    now: () => new Date(0),
  } as Pick<NodeContext, "signal" | "run" | "log" | "now"> & {
    model: Pick<NodeContext["model"], "chat" | "embed">;
  } as NodeContext;
  const examples = classifierExamples.config.parse({
    labels: names.map((name) => ({
      name,
      examples: few.filter(({ label }) => label === name).map(({ text }) => text),
    })),
  });
  const prompt = classifierPrompt.config.parse({ labels: names.map((name) => ({ name })) });
  const measure = async (name: string, classify: (text: string) => Promise<unknown>) => {
    let [right, failed] = [0, 0];
    const startedAt = performance.now();
    for (const { text, label } of sample) {
      const outputs = (await classify(text).catch(() => {
        failed += 1;
        return {};
      })) as { label?: string };
      if (outputs.label === label) right += 1;
    }
    const { value, low, high } = wilson(right, sample.length);
    const each = Math.round((performance.now() - startedAt) / sample.length);
    const without = failed > 0 ? `, ${failed} without a usable answer` : "";
    console.log(
      `  ${name}: accuracy ${percent(value)} (${percent(low)} to ${percent(high)}), ${each} ms a text${without}`,
    );
  };
  await measure("classifier/examples", (text) =>
    Promise.resolve(classifierExamples.run({ config: examples, inputs: { text }, ctx })),
  );
  await measure("classifier/prompt", (text) =>
    Promise.resolve(classifierPrompt.run({ config: prompt, inputs: { text }, ctx })),
  );
}

const limit = 0.9;
console.log(`all rows: ${percent(full)}, limit ${percent(limit)}: ${full > limit ? "holds" : "DOES NOT HOLD"}`);
process.exit(full > limit ? 0 : 1);
