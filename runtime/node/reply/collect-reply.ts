import type { ChatPart } from "../context";
import type { ToolCall } from "../tool";

export interface CollectedReply {
  /** The answer, without the thinking before it. */
  readonly text: string;
  /** The calls it asked for, in order. */
  readonly toolCalls: readonly ToolCall[];
  readonly finish: Extract<ChatPart, { readonly type: "finish" }> | null;
}

/** A whole reply, for those who do not show it as it grows. */
export const collectReply = async (parts: AsyncIterable<ChatPart>): Promise<CollectedReply> => {
  let text = "";
  const toolCalls: ToolCall[] = [];
  let finish: CollectedReply["finish"] = null;
  for await (const part of parts) {
    if (part.type === "text-delta") text += part.delta;
    else if (part.type === "retract" && part.what === "text") text = "";
    else if (part.type === "tool-call") toolCalls.push(part.call);
    else if (part.type === "finish") finish = part;
  }
  return { text, toolCalls, finish };
};
