import { findModel } from "@/scripts/models/manifest.mjs";
import { dimensionsOf, type EmbeddingId, embeddingIds, weightsOf } from "../embed/embedding-models";
import type { Services } from "../services";

const sharedTitle = { en: "English and Chinese embeddings", zh: "中英文向量" };
const languagesOf: Readonly<Record<EmbeddingId, readonly string[]>> = {
  "local-embed": ["en", "zh"],
  "local-embed-en": ["en"],
  "local-embed-zh": ["zh"],
};

/** The models that a request may name, in the form of the OpenAI API; `pipewright` holds what that form has no place for. */
export function listModels({ startedAt, chats, embeddings, chatEntries }: Services) {
  const created = Math.floor(startedAt / 1000);
  const chat = chatEntries()
    .filter((entry) => entry.present)
    .map((entry) => ({
      id: entry.id,
      object: "model" as const,
      created,
      owned_by: "pipewright",
      pipewright: {
        task: "chat" as const,
        title: entry.title,
        licence: entry.licence,
        grade: entry.grade,
        contextTokens: chats.state(entry.id).contextSize ?? null,
      },
    }));
  const embedding = embeddingIds
    .filter((id) => weightsOf[id].every((weights) => embeddings.isFetched(weights)))
    .map((id) => ({
      id,
      object: "model" as const,
      created,
      owned_by: "pipewright",
      pipewright: {
        task: "embedding" as const,
        title: findModel(id)?.title ?? sharedTitle,
        licence: weightsOf[id].map((weights) => findModel(weights)?.licence).join(" AND "),
        dimensions: dimensionsOf[id],
        languages: languagesOf[id],
      },
    }));
  return { object: "list" as const, data: [...chat, ...embedding] };
}
