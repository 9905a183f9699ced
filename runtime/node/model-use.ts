import type { ChatRequest } from "./context";

/** What a model is for. Each has a default of its own in a workspace; `vision` is a chat that shows pictures, `picture` makes them, `speech` says a text aloud. */
export const modelUses = [
  "chat",
  "embedding",
  "vision",
  "moderation",
  "transcription",
  "rerank",
  "picture",
  "speech",
] as const;
export type ModelUse = (typeof modelUses)[number];

/** A value for each use. */
export const byUse = <T>(value: (use: ModelUse) => T): Record<ModelUse, T> => ({
  chat: value("chat"),
  embedding: value("embedding"),
  vision: value("vision"),
  moderation: value("moderation"),
  transcription: value("transcription"),
  rerank: value("rerank"),
  picture: value("picture"),
  speech: value("speech"),
});

/** What a call asks of its model. A chat asks for eyes as soon as one message shows a picture. */
export const chatUse = ({ messages }: ChatRequest): "chat" | "vision" =>
  messages.some(({ images = [] }) => images.length > 0) ? "vision" : "chat";
export const operationUse = {
  embed: "embedding",
  moderate: "moderation",
  transcribe: "transcription",
  rerank: "rerank",
  draw: "picture",
  speak: "speech",
} as const satisfies Readonly<Record<string, ModelUse>>;

/** The control of a setting that holds a model's reference -> what the model must be for. */
export const modelControls = {
  "chat-model": "chat",
  "embedding-model": "embedding",
  "vision-model": "vision",
  "moderation-model": "moderation",
  "transcription-model": "transcription",
  "rerank-model": "rerank",
  "picture-model": "picture",
  "speech-model": "speech",
} as const satisfies Readonly<Record<string, ModelUse>>;
export type ModelControl = keyof typeof modelControls;
