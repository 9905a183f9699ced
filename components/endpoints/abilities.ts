import type { ModelUse } from "@/runtime/node/model-use";

/** What a model is marked with, in the order of the screens. */
export const abilities = [
  "chat",
  "vision",
  "jsonSchema",
  "embedding",
  "rerank",
  "moderation",
  "transcription",
  "picture",
  "speech",
] as const satisfies readonly (ModelUse | "jsonSchema")[];
