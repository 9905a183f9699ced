import type { ChatRequest } from "@/runtime/node/context";
import type { ModelOperation } from "./endpoint";

/** What a model is for. Each has a default of its own in a workspace; `vision` is a chat that shows pictures. */
export const modelUses = ["chat", "embedding", "vision", "moderation", "transcription", "rerank"] as const;
export type ModelUse = (typeof modelUses)[number];

export const operationUse: Readonly<Record<Exclude<ModelOperation, "chat">, ModelUse>> = {
  embed: "embedding",
  moderate: "moderation",
  transcribe: "transcription",
  rerank: "rerank",
};

export const chatUse = ({ messages }: ChatRequest): "chat" | "vision" =>
  messages.some(({ images = [] }) => images.length > 0) ? "vision" : "chat";

/** What a model of a use can do, for sentences: "… is not registered as one that can …". */
export const taskOf: Readonly<Record<ModelUse, string>> = {
  chat: "answer prompts",
  embedding: "make embeddings",
  vision: "see pictures",
  moderation: "moderate texts",
  transcription: "transcribe speech",
  rerank: "rank passages",
};
