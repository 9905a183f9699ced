import type { FinishReason, Usage } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";
import { readFinishReason } from "./finish-reason";
import { readThinking, textOf } from "./openai-content";
import { readUsage } from "./openai-usage";
import { readToolCalls, type ToolCallFragment } from "./tool-call-collector";

/** What one chunk of a stream says, whichever server wrote it. */
export interface ChunkContent {
  readonly text: string;
  /** What the model thinks, where the server takes it apart from the answer. */
  readonly thinking: string;
  /** Pieces of the calls that the model asks for. */
  readonly toolCalls: readonly ToolCallFragment[];
  readonly reason: FinishReason | null;
  readonly usage: Usage | null;
  /** An error object in place of a chunk. */
  readonly error?: unknown;
}

const nothing = { text: "", thinking: "", toolCalls: [], reason: null, usage: null } as const;

/** Errors that some servers send in place of a completion, under a status that says all is well. */
const isError = (chunk: Record<string, unknown>): boolean => {
  if (chunk.object === "error" || (chunk.error !== undefined && chunk.error !== null && chunk.error !== ""))
    return true;
  if (chunk.choices !== undefined || chunk.usage !== undefined) return false;
  const base = chunk.base_resp;
  if (isRecord(base) && base.status_code !== 0 && base.status_code !== undefined) return true;
  return ["message", "detail", "errors", "error_msg"].some((key) => chunk[key] !== undefined && chunk[key] !== null);
};

/** Reads a chunk, or a whole completion from a server that does not stream. */
export const readChunk = (chunk: unknown): ChunkContent => {
  if (!isRecord(chunk)) return nothing;
  if (isError(chunk)) return { ...nothing, error: chunk };
  const choice: unknown = Array.isArray(chunk.choices) ? chunk.choices[0] : undefined;
  const usage = readUsage(chunk.usage) ?? (isRecord(chunk.x_groq) ? readUsage(chunk.x_groq.usage) : null);
  if (!isRecord(choice)) return { ...nothing, usage };
  const said = readFinishReason(choice.finish_reason ?? choice.finishReason);
  if (said === "error" || isRecord(choice.error))
    return { ...nothing, usage, error: choice.error ?? brokenOff(choice) };
  const message = isRecord(choice.delta) ? choice.delta : choice.message;
  if (!isRecord(message)) return { ...nothing, text: textOf(choice.text), reason: said, usage };
  const toolCalls = readToolCalls(message);
  const [content, refusal] = [textOf(message.content), textOf(message.refusal)];
  const thinking = readThinking(message);
  const isThought = isGoogleThought(message);
  return {
    text: isThought ? "" : content || refusal,
    thinking: isThought ? content : thinking,
    toolCalls,
    // A refusal is told apart by its field: the reason beside it is that of a common end.
    reason: content === "" && refusal !== "" ? "refusal" : said,
    usage,
  };
};

const brokenOff = ({ finish_reason: reason }: Record<string, unknown>) => ({
  message: `The server ended the reply with "${String(reason)}".`,
  type: "server_error",
});

const isGoogleThought = ({ extra_content: extra }: Record<string, unknown>): boolean =>
  isRecord(extra) && isRecord(extra.google) && extra.google.thought === true;
