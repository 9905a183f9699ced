import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import { type WeightsId, weightsOf } from "../embed/embedding-models";
import type { Services } from "../services";

/** State of the server for people and for the app that started it. "degraded": a default model is missing or failed. */
export function health({
  options,
  startedAt,
  now,
  chatQueue,
  embeddingQueue,
  chats,
  embeddings,
  chatEntries,
}: Services) {
  const chat = chatEntries()
    .filter((entry) => entry.present || !entry.optional)
    .map(({ id, present }) => (present ? { id, ...chats.state(id) } : missing(id)));
  const embedding = weightsOf["local-embed"].map((id: WeightsId) =>
    embeddings.isFetched(id) ? { id, state: embeddings.state(id) } : missing(id),
  );
  const models = [...chat, ...embedding];
  const unwell = models.some(({ state }) => state === "missing" || state === "failed");
  return {
    status: unwell ? "degraded" : "ok",
    uptimeSeconds: Math.round((now() - startedAt) / 1000),
    models,
    // Known once llama.cpp runs, which the first language model starts.
    device: chats.device ?? null,
    threads: options.threads,
    memory: { residentBytes: process.memoryUsage.rss() },
    queues: { chat: chatQueue.depth, embeddings: embeddingQueue.depth },
  };
}

const missing = (id: string) => ({ id, state: "missing" as const, command: fetchCommand(id) });
