import type { FinishReason, Usage } from "@/runtime/node/context";
import { readUsage } from "./openai-usage";

/** What one chunk of a stream says, whichever server wrote it. */
export interface ChunkContent {
  readonly text: string;
  readonly reason: FinishReason | null;
  readonly usage: Usage | null;
  /** An error object in place of a chunk. */
  readonly error?: unknown;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** OpenAI's words and those of TGI (`eos_token`, `stop_sequence`) and others. */
const finishReason = (value: unknown): FinishReason | null => {
  if (value === null || value === undefined || value === "") return null;
  switch (value) {
    case "stop":
    case "eos":
    case "eos_token":
    case "stop_sequence":
    case "end_turn":
      return "stop";
    case "length":
    case "max_tokens":
      return "length";
    case "content_filter":
    case "content-filter":
      return "content-filter";
    default:
      return "other";
  }
};

const textOf = (content: unknown): string => {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content.map((part) => (isRecord(part) && typeof part.text === "string" ? part.text : "")).join("");
};

/**
 * Reads a chunk, or a whole completion from a server that does not stream. A model's thoughts (`reasoning_content`, `reasoning`)
 * are not part of its answer and are left out; they only show that it is alive.
 */
export const readChunk = (chunk: unknown): ChunkContent => {
  if (!isRecord(chunk)) return { text: "", reason: null, usage: null };
  if (chunk.object === "error" || (chunk.error !== undefined && chunk.error !== null)) {
    return { text: "", reason: null, usage: null, error: chunk };
  }
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  const usage = readUsage(chunk.usage) ?? (isRecord(chunk.x_groq) ? readUsage(chunk.x_groq.usage) : null);
  if (!isRecord(choice)) return { text: "", reason: null, usage };
  const message = isRecord(choice.delta) ? choice.delta : choice.message;
  const text = isRecord(message) ? textOf(message.content) || textOf(message.refusal) : textOf(choice.text);
  return { text, reason: finishReason(choice.finish_reason), usage };
};
