import type { Database } from "@/server/platform/db/database";
import type { EndpointModelInput } from "./endpoint.types";
import { toMicroUsd, toUsd } from "./price";

const parts = {
  replicas: { orderBy: { id: "asc" } },
  models: { orderBy: { name: "asc" } },
  learnings: { orderBy: { model: "asc" } },
} as const;

/** All endpoints of a workspace with their replicas and models, the embedded one first, then by age. */
export const findEndpoints = ({ prisma }: Database, workspaceId: string) =>
  prisma.modelEndpoint.findMany({
    where: { workspaceId },
    include: parts,
    orderBy: [{ embedded: "desc" }, { createdAt: "asc" }, { id: "asc" }],
  });

export type EndpointRow = Awaited<ReturnType<typeof findEndpoints>>[number];

export const findEndpoint = ({ prisma }: Database, workspaceId: string, id: string) =>
  prisma.modelEndpoint.findFirst({ where: { id, workspaceId }, include: parts });

/** A model as the screens read and write it. */
export const modelView = (model: EndpointRow["models"][number]): EndpointModelInput => ({
  name: model.name,
  chat: model.chat,
  embedding: model.embedding,
  jsonSchema: model.jsonSchema,
  vision: model.vision,
  moderation: model.moderation,
  transcription: model.transcription,
  rerank: model.rerank,
  picture: model.picture,
  speech: model.speech,
  maxConcurrency: model.maxConcurrency,
  contextTokens: model.contextTokens,
  inputUsdPerM: toUsd(model.inputMicroUsdPerM),
  outputUsdPerM: toUsd(model.outputMicroUsdPerM),
  cachedInputUsdPerM: toUsd(model.cachedInputMicroUsdPerM),
});

export const modelColumns = ({ inputUsdPerM, outputUsdPerM, cachedInputUsdPerM, ...model }: EndpointModelInput) => ({
  ...model,
  inputMicroUsdPerM: toMicroUsd(inputUsdPerM),
  outputMicroUsdPerM: toMicroUsd(outputUsdPerM),
  cachedInputMicroUsdPerM: toMicroUsd(cachedInputUsdPerM),
});
