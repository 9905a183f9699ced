import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import type { RunServices } from "@/runtime/capability/capabilities";
import { indexOfMost, predict } from "@/runtime/fine-tuning/classifier-head";
import { headSettings, trainHead } from "@/runtime/fine-tuning/train-head";
import { createCatalog } from "@/runtime/node/catalog";
import { PATIENCE } from "./local-endpoint-client";
import { type NodeDocument, nodeDocuments } from "./node-documents";
import { documentAround } from "./node-spec";
import { planOf, runPlan } from "./run-plan";
import { ScriptedServices } from "./scripted-services";
import { type ServedEndpoint, serveEmbedded, serveFake } from "./served-endpoints";
import { valueNode } from "./test-nodes";

/** Of those that make the same calls the first: for a server at another address that serves the very same models. */
const oneOfEachKind = nodeDocuments.filter(
  ({ operations }, index) => nodeDocuments.findIndex((each) => each.operations.join() === operations.join()) === index,
);

/** The same documents against each: what differs is the endpoint that `default` leads to. */
describe.each([
  ["the embedded endpoint", () => serveEmbedded("local"), nodeDocuments],
  ["an external server that serves the same models", () => serveEmbedded("gpu-box"), oneOfEachKind],
  ["an external server that serves others", () => serveFake("hosted"), nodeDocuments],
] as const)("on %s", { timeout: PATIENCE }, (_, serve, documents) => {
  let endpoint: ServedEndpoint;
  beforeAll(async () => {
    endpoint = await serve();
  }, PATIENCE);
  afterAll(() => endpoint.stop());

  it.each(documents.map((document) => [document.name, document] as const))("%s", async (_name, document) => {
    if (document.externalOnly && endpoint.isReal) return saysThatNoneShips(document, endpoint);
    const definition = catalog.nodes.find(({ type }) => type === document.type);
    if (definition === undefined) throw new Error(`There is no node ${document.type}.`);
    const graph = documentAround(definition, { ...document, outputs: {} });
    const plan = planOf(graph, createCatalog([definition, valueNode]));
    const services = new ScriptedServices(document);
    const { events, state } = await runPlan(plan, {}, { models: endpoint.gateway, services, now: Date.now });
    const step = state.nodes.get("subject");
    expect(step?.error ?? state.error).toBeNull();
    const calls = events.filter((event) => event.type === "model-call");
    for (const call of calls) {
      expect(call).toMatchObject({ endpoint: endpoint.slug });
      expect(call).not.toHaveProperty("error");
    }
    expect([...new Set(calls.map(({ operation }) => operation))]).toEqual(document.operations);
    document.check(step?.outputs ?? {});
    if (endpoint.isReal) document.checkMeaning?.(step?.outputs ?? {});
  });

  it("a head trained on its vectors sorts a text", async () => {
    const signal = AbortSignal.timeout(PATIENCE);
    const texts = rows.map(({ text }) => text);
    const { vectors } = await endpoint.gateway.embed({ model: "default", input: texts }, { signal, onCall: () => {} });
    const labels = rows.map(({ label }) => label);
    const { head } = trainHead({ texts, labels, vectors }, headSettings.parse({ epochs: 20 }));
    const classify: RunServices["registry"] = {
      chatModel: async () => "default",
      classify: async ({ input }, { embed }) => {
        const asked = await embed({ model: "default", input });
        const results = predict(head, input, asked.vectors).map((scores) => ({
          label: head.labels[indexOfMost(scores)] ?? "",
          scores: Object.fromEntries(head.labels.map((label, index) => [label, scores[index] ?? 0])),
          reasons: [],
        }));
        return { version: "kind@1", results };
      },
    };
    const definition = catalog.nodes.find(({ type }) => type === "fine-tuned/classify");
    if (definition === undefined) throw new Error("There is no node fine-tuned/classify.");
    const graph = documentAround(definition, {
      name: "classify",
      config: { model: { reference: "kind@1", labels: head.labels }, minimumConfidence: 0 },
      inputs: { text: "I would like my money back, please." },
      outputs: {},
    });
    const plan = planOf(graph, createCatalog([definition, valueNode]));
    const { events, state } = await runPlan(plan, {}, { models: endpoint.gateway, services: { registry: classify } });
    const step = state.nodes.get("subject");
    expect(step?.error ?? state.error).toBeNull();
    expect(events.filter((event) => event.type === "model-call")).toMatchObject([
      { operation: "embed", endpoint: endpoint.slug },
    ]);
    expect(head.labels).toContain(step?.outputs?.label);
    if (endpoint.isReal) expect(step?.outputs?.label).toBe("refund");
  });
});

/** What the embedded models cannot do is refused with the way out, before anything is asked. */
const saysThatNoneShips = async (document: NodeDocument, { gateway: models }: ServedEndpoint) => {
  const definition = catalog.nodes.find(({ type }) => type === document.type);
  if (definition === undefined) throw new Error(`There is no node ${document.type}.`);
  const plan = planOf(documentAround(definition, { ...document, outputs: {} }), createCatalog([definition, valueNode]));
  const { events, state } = await runPlan(plan, {}, { models, services: new ScriptedServices(document) });
  expect(state.error).toMatchObject({ code: "model-unknown", hint: expect.stringContaining("models page") });
  expect(events.filter(({ type }) => type === "model-call")).toEqual([]);
};

const rows = [
  ...["Where is my parcel?", "My delivery is late.", "The package never came.", "When will it be delivered?"].map(
    (text) => ({ text, label: "delivery" }),
  ),
  ...["I want my money back.", "Please refund me.", "Return the amount I paid.", "Send back what I paid."].map(
    (text) => ({ text, label: "refund" }),
  ),
];
