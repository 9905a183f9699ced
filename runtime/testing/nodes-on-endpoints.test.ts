import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalog } from "@/nodes/index";
import { createCatalog } from "@/runtime/node/catalog";
import { PATIENCE } from "./local-endpoint-client";
import { nodeDocuments } from "./node-documents";
import { documentAround } from "./node-spec";
import { planOf, runPlan } from "./run-plan";
import { ScriptedServices } from "./scripted-services";
import { type ServedEndpoint, serveEmbedded, serveFake } from "./served-endpoints";
import { valueNode } from "./test-nodes";

/** The same documents against each: what differs is the endpoint that `default` leads to. */
describe.each([
  ["the embedded endpoint", () => serveEmbedded("local")],
  ["an external server that serves the same models", () => serveEmbedded("gpu-box")],
  ["an external server that serves others", () => serveFake("hosted")],
] as const)("on %s", { timeout: PATIENCE }, (_, serve) => {
  let endpoint: ServedEndpoint;
  beforeAll(async () => {
    endpoint = await serve();
  }, PATIENCE);
  afterAll(() => endpoint.stop());

  it.each(nodeDocuments.map((document) => [document.name, document] as const))("%s", async (_name, document) => {
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
});
