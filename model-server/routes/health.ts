import { findModel } from "@/model-server/manifest/manifest.mjs";
import { type WeightsId, weightsOf } from "../embed/embedding-models";
import { type ListedModel, listedModels, RERANK_ID } from "../model-list";
import type { Services } from "../services";

type State = "missing" | "unloaded" | "loading" | "loaded" | "failed";

/** State of the server for people and for the app that started it. "degraded": a default model is missing or failed. */
export function health(services: Services) {
  const { options, startedAt, now, queues, chats, families } = services;
  const all = listedModels(services);
  const models = all.filter(({ present, optional }) => present || !optional).map((model) => statusOf(model, services));
  const offers = all
    .filter(({ present, optional, command }) => !present && optional && command !== null)
    .map((model) => ({ ...namesOf(model), ...fetchingOf(model.id, services) }));
  const processes = [
    { name: "server", residentBytes: process.memoryUsage.rss() },
    ...Object.values(families)
      .filter(({ state }) => state === "loaded")
      .map(({ id, residentBytes }) => ({ name: id, residentBytes })),
  ];
  return {
    status: models.some(({ state }) => state === "missing" || state === "failed") ? "degraded" : "ok",
    uptimeSeconds: Math.round((now() - startedAt) / 1000),
    models,
    // Better or smaller ones that can be fetched.
    offers,
    // Known once llama.cpp runs, which the first language model starts.
    device: chats.device ?? null,
    threads: options.threads,
    idleMinutes: Number.isFinite(options.idleMs) ? options.idleMs / 60_000 : null,
    memory: { residentBytes: processes.reduce((sum, { residentBytes }) => sum + residentBytes, 0), processes },
    queues: Object.fromEntries(Object.entries(queues).map(([name, queue]) => [name, queue.depth])),
  };
}

/** What a list says of a model, here or not. `bytes`: to fetch. */
function namesOf({ id, title, licence, command }: ListedModel) {
  const entry = findModel(id);
  return { id, title, licence, command, bytes: entry?.files.reduce((sum, { size }) => sum + size, 0) ?? 0 };
}

function fetchingOf(id: string, { fetches }: Services) {
  const weights = Object.hasOwn(weightsOf, id) ? weightsOf[id as WeightsId] : [id];
  const under = weights.map((one) => fetches.progress(one)).find((one) => one !== undefined);
  const failure = weights.map((one) => fetches.failure(one)).find((one) => one !== undefined);
  return { ...(under && { fetching: under }), ...(!under && failure && { failure }) };
}

function statusOf(model: ListedModel, services: Services) {
  const { id, title, licence, capabilities, present, command, weightsBytes } = model;
  const status: { state: State; contextSize?: number; error?: string } = present
    ? stateOf(id, services)
    : { state: "missing" };
  const used = services.uses.lastUsedAt(id);
  return {
    id,
    title,
    licence,
    capabilities,
    ...status,
    ...(!present && command && { command, ...fetchingOf(id, services) }),
    lastUsedAt: used === undefined ? null : new Date(used).toISOString(),
    // Weights are most of what a loaded model takes.
    memoryBytes: status.state === "loaded" ? weightsBytes : 0,
    weightsBytes,
  };
}

function stateOf(
  id: string,
  { chats, embeddings, families }: Services,
): { state: State; contextSize?: number; error?: string } {
  const family = Object.values(families).find((one) => one.id === id);
  if (family) return { state: family.state, ...(family.failure !== undefined && { error: family.failure }) };
  const weights: readonly WeightsId[] | undefined =
    id === RERANK_ID ? weightsOf["local-embed"] : Object.hasOwn(weightsOf, id) ? weightsOf[id as WeightsId] : undefined;
  if (!weights) return chats.state(id);
  const states = weights.map((one) => embeddings.state(one));
  const worst = (["failed", "loading", "unloaded"] as const).find((state) => states.includes(state));
  return { state: worst ?? "loaded" };
}
