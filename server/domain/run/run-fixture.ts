import type { GraphDocument, GraphNode } from "@/runtime/graph/document";
import type { Database } from "@/server/platform/db/database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";

const node = (id: string, type: string, config: GraphNode["config"], label?: string): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
  ...(label === undefined ? {} : { label }),
});
const wire = (from: [node: string, port: string], to: [node: string, port: string]) => ({
  id: `${from.join(".")} > ${to.join(".")}`,
  from: { node: from[0], port: from[1] },
  to: { node: to[0], port: to[1] },
});

/** For tests: input -> template -> model -> template -> output. The model's name says how the fake server behaves. */
export const chatDocument = (model: string): GraphDocument => ({
  schemaVersion: 1,
  nodes: [
    node("question", "io/input", { fields: [{ name: "q", maxLength: 100 }] }),
    node("ask", "text/template", { template: "Answer: {{q}}" }),
    node("model", "prompt/chat", { model: `fake/${model}`, user: "{{prompt}}" }, "Model"),
    node("wrap", "text/template", { template: "Result: {{text}}" }),
    node("answer", "io/output", { outputs: [{ name: "answer" }, { name: "raw" }] }),
  ],
  edges: [
    wire(["question", "q"], ["ask", "q"]),
    wire(["ask", "text"], ["model", "prompt"]),
    wire(["model", "text"], ["wrap", "text"]),
    wire(["wrap", "text"], ["answer", "answer"]),
    wire(["model", "text"], ["answer", "raw"]),
  ],
  layout: {},
});

/** For tests: a workspace whose endpoint `fake` is the server at this address, with pipelines on it. */
export const runWorkspace = async (database: Database, baseUrl: string, models: readonly string[]) => {
  const owner = await addMember(database, "owner");
  const api = callerOf(database, owner);
  await api.endpoint.create({
    name: "Fake",
    slug: "fake",
    replicas: [{ baseUrl }],
    maxConcurrency: 256,
    models: models.map((name) => ({ name, inputUsdPerM: 1, outputUsdPerM: 2 })),
  });
  const pipeline = async (model: string) =>
    (await api.pipeline.create({ name: `With ${model}`, document: chatDocument(model) })).id;
  return { owner, api, pipeline };
};
