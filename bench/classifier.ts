// Accuracy of classifier/examples with the labels of the templates, on texts that are none of the examples.
//   node --import tsx model-server/main.ts --port 8090      in one terminal
//   node --import tsx bench/classifier.ts http://127.0.0.1:8090/v1    in another
// A second argument names the embedding model; local-embed by default.
import { classifierExamples } from "@/nodes/classifier/examples";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiGateway } from "@/runtime/model/openai-gateway";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { locales } from "@/runtime/node/localized";
import { nodeContext } from "@/runtime/testing/node-context";
import { complaintLabels } from "@/templates/lib/complaint-labels";
import { messageLabels } from "@/templates/lib/message-labels";
import { heldOutComplaints, heldOutMessages } from "./lib/held-out-messages";

const [baseUrl, model = "local-embed"] = process.argv.slice(2);
if (baseUrl === undefined) {
  console.error("Usage: node --import tsx bench/classifier.ts <base URL> [embedding model]");
  process.exit(2);
}
const unpriced = { inputMicroUsdPerM: null, outputMicroUsdPerM: null };
const gateway = createOpenAiGateway({
  endpoints: [
    { slug: "bench", replicas: [{ baseUrl }], models: [{ name: model, chat: false, embedding: true, ...unpriced }] },
  ],
  defaults: { chat: null, embedding: `bench/${model}` },
  clock: systemClock,
  random: Math.random,
  fetch: createUndiciFetch(),
});
const { signal } = new AbortController();
const ctx = nodeContext({
  signal,
  model: { embed: (request) => gateway.embed(request, { signal, onCall: () => {} }) },
});

const sets = [
  ["complaints", complaintLabels, heldOutComplaints],
  ["messages", messageLabels, heldOutMessages],
] as const;
for (const [name, labels, heldOut] of sets) {
  for (const locale of locales) {
    for (const method of ["mean", "nearest"] as const) {
      const config = classifierExamples.config.parse({ labels: labels[locale], method });
      const misses: string[] = [];
      let confidence = 0;
      const startedAt = performance.now();
      for (const [text, expected] of heldOut[locale]) {
        const outputs = (await classifierExamples.run({ config, inputs: { text }, ctx })) as Record<string, unknown>;
        confidence += Number(outputs.confidence);
        if (outputs.label !== expected)
          misses.push(`  ${text} → ${outputs.label} (${outputs.confidence}), not ${expected}`);
      }
      const count = heldOut[locale].length;
      const each = Math.round((performance.now() - startedAt) / count);
      const right = count - misses.length;
      console.log(
        `${name} ${locale} ${method}: ${right}/${count} right (${Math.round((100 * right) / count)} %), ` +
          `mean confidence ${(confidence / count).toFixed(2)}, ${each} ms a text`,
      );
      for (const miss of misses) console.log(miss);
    }
  }
}
