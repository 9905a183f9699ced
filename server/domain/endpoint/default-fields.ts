import type { ModelUse } from "@/runtime/node/model-use";

/** The column of a workspace that holds its default model for a use. */
export const defaultFields = {
  chat: "defaultChatModel",
  embedding: "defaultEmbeddingModel",
  vision: "defaultVisionModel",
  moderation: "defaultModerationModel",
  transcription: "defaultTranscriptionModel",
  rerank: "defaultRerankModel",
  picture: "defaultPictureModel",
  speech: "defaultSpeechModel",
} as const satisfies Record<ModelUse, string>;
export type DefaultField = (typeof defaultFields)[ModelUse];

/** The columns with their values, out of a row or an answer that holds more. */
export const defaultsOf = <T>(row: Readonly<Record<DefaultField, T>>): Record<DefaultField, T> => ({
  defaultChatModel: row.defaultChatModel,
  defaultEmbeddingModel: row.defaultEmbeddingModel,
  defaultVisionModel: row.defaultVisionModel,
  defaultModerationModel: row.defaultModerationModel,
  defaultTranscriptionModel: row.defaultTranscriptionModel,
  defaultRerankModel: row.defaultRerankModel,
  defaultPictureModel: row.defaultPictureModel,
  defaultSpeechModel: row.defaultSpeechModel,
});
