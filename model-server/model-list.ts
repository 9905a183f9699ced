import { statSync } from "node:fs";
import { findModel } from "@/model-server/manifest/manifest.mjs";
import type { Localized } from "@/runtime/node/localized";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import { dimensionsOf, type EmbeddingId, embeddingIds, weightsOf } from "./embed/embedding-models";
import { badRequest, type EndpointError, modelNotFetched, modelNotFound } from "./errors";
import type { Services } from "./services";

export const capabilities = ["chat", "embedding", "vision", "moderation", "transcription", "rerank"] as const;
export type Capability = (typeof capabilities)[number];

export const VISION_ID = "local-vision";
export const RERANK_ID = "local-rerank";

/** A model that a request may name. */
export interface ListedModel {
  readonly id: string;
  readonly capabilities: readonly Capability[];
  readonly title: Localized;
  readonly licence: string | null;
  /** "demo": good for seeing how things work, not for judging a prompt. null: a file of the user's own. */
  readonly grade: "demo" | "good" | null;
  readonly present: boolean;
  /** Not fetched unless asked for by name. */
  readonly optional: boolean;
  /** Fetches what is missing. null for a file of the user's own. */
  readonly command: string | null;
  /** Of the files that are loaded into memory for it, about what it takes there. 0: it works with other models of this list. */
  readonly weightsBytes: number;
  readonly contextTokens?: number | null;
  readonly dimensions?: number;
  readonly languages?: readonly string[];
}

const sharedTitle: Localized = { en: "English and Chinese embeddings", zh: "中英文向量" };
const rerankTitle: Localized = {
  en: "Reranking by late interaction of embeddings and rare words, not a cross-encoder",
  zh: "重排序：向量后期交互加稀有词匹配，不是交叉编码器",
};
const languagesOf: Readonly<Record<EmbeddingId, readonly string[]>> = {
  "local-embed": ["en", "zh"],
  "local-embed-en": ["en"],
  "local-embed-zh": ["zh"],
  "multilingual-e5-small": ["multilingual"],
};

const familyCapabilities: readonly (readonly [keyof Services["families"], readonly Capability[]])[] = [
  ["moderation", ["moderation"]],
  ["speech", ["transcription"]],
  ["vision", ["chat", "vision"]],
];

/** Every model of this endpoint at this moment, present or not. */
export function listedModels({ chats, chatEntries, embeddings, families }: Services): ListedModel[] {
  const chat = chatEntries().map(
    ({ id, title, licence, grade, present, optional, source }): ListedModel => ({
      id,
      capabilities: ["chat"],
      title,
      licence,
      grade,
      present,
      optional,
      command: grade === null ? null : fetchCommand(id),
      weightsBytes: sizeOf(source.path),
      contextTokens: chats.state(id).contextSize ?? null,
    }),
  );
  const embedding = embeddingIds.map((id): ListedModel => {
    const weights = weightsOf[id];
    return {
      id,
      capabilities: ["embedding"],
      title: findModel(id)?.title ?? sharedTitle,
      licence: licenceOf(weights),
      grade: "good",
      present: weights.every((one) => embeddings.isFetched(one)),
      optional: false,
      command: fetchCommand(weights.join(" ")),
      weightsBytes: weights.length === 1 ? weightsBytes(id) : 0,
      dimensions: dimensionsOf[id],
      languages: languagesOf[id],
    };
  });
  const family = familyCapabilities.map(([name, can]): ListedModel => {
    const { id, isFetched } = families[name];
    const entry = findModel(id);
    return {
      id,
      capabilities: can,
      title: entry?.title ?? { en: id, zh: id },
      licence: entry?.licence ?? null,
      grade: entry?.grade ?? null,
      present: isFetched,
      optional: false,
      command: fetchCommand(id),
      weightsBytes: weightsBytes(id),
    };
  });
  const both = weightsOf["local-embed"];
  const rerank: ListedModel = {
    id: RERANK_ID,
    capabilities: ["rerank"],
    title: rerankTitle,
    licence: licenceOf(both),
    grade: "good",
    present: both.every((one) => embeddings.isFetched(one)),
    optional: false,
    command: fetchCommand(both.join(" ")),
    weightsBytes: 0,
    languages: ["en", "zh"],
  };
  return [...chat, ...embedding, ...family, rerank];
}

const licenceOf = (weights: readonly string[]) => weights.map((id) => findModel(id)?.licence).join(" AND ");

const weightsBytes = (id: string) => findModel(id)?.files.reduce((sum, { size }) => sum + size, 0) ?? 0;

function sizeOf(file: string): number {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

/** Why a request for this use may not name this model. */
export function notOfThisUse(model: string, use: Capability, services: Services): EndpointError {
  const all = listedModels(services);
  const fitting = all.filter((one) => one.capabilities.includes(use));
  const known = all.find(({ id }) => id === model);
  if (!known)
    return modelNotFound(
      model,
      fitting.filter(({ present }) => present).map(({ id }) => id),
    );
  if (known.capabilities.includes(use)) return modelNotFetched(model, known.command ?? "");
  const names = fitting.filter(({ optional }) => !optional).map(({ id }) => id);
  return badRequest(
    `"${model}" is for ${known.capabilities.join(", ")}, not for ${use}. Use ${names.join(", ")}.`,
    "model",
  );
}
