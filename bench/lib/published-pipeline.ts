import type { BenchApp } from "./app";

export interface PublishedPipeline {
  readonly url: string;
  readonly key: string;
}

/** Registers the fake server and publishes template -> model -> template on it, all through the app's own API. */
export const publishPipeline = async (app: BenchApp, modelServer: string, models: readonly string[]) => {
  await app.mutate("endpoint.create", {
    name: "Fake",
    slug: "fake",
    replicas: [{ baseUrl: `${modelServer}/v1` }],
    maxConcurrency: 512,
    models: models.map((name) => ({ name, inputUsdPerM: 1, outputUsdPerM: 2 })),
  });
  const { key } = await app.mutate<{ key: string }>("apiKey.create", { name: "Bench" });
  const publish = async (model: string): Promise<PublishedPipeline> => {
    const { id } = await app.mutate<{ id: string }>("pipeline.create", { name: model, document: documentOf(model) });
    const deployment = { pipelineId: id, revision: 1, slug: `bench-${model}` };
    const { url } = await app.mutate<{ url: string }>("deployment.publish", deployment);
    return { url, key };
  };
  return Object.fromEntries(await Promise.all(models.map(async (model) => [model, await publish(model)] as const)));
};

const documentOf = (model: string) => {
  const node = (id: string, type: string, config: object) => ({ id, type, typeVersion: 1, config });
  const wire = (from: string, fromPort: string, to: string, toPort: string) => ({
    id: `${from}-${to}`,
    from: { node: from, port: fromPort },
    to: { node: to, port: toPort },
  });
  return {
    schemaVersion: 1,
    nodes: [
      node("question", "io/input", { fields: [{ name: "q" }] }),
      node("ask", "text/template", { template: "Answer shortly: {{q}}" }),
      node("model", "prompt/chat", { model: `fake/${model}`, user: "{{prompt}}" }),
      node("wrap", "text/template", { template: "Result: {{text}}" }),
      node("answer", "io/output", { outputs: [{ name: "answer" }] }),
      node("raw", "io/output", { outputs: [{ name: "text" }] }),
    ],
    edges: [
      wire("question", "q", "ask", "q"),
      wire("ask", "text", "model", "prompt"),
      wire("model", "text", "wrap", "text"),
      wire("wrap", "text", "answer", "answer"),
      wire("model", "text", "raw", "text"),
    ],
    layout: {},
  };
};
