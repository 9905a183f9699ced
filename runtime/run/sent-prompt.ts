import type { ChatRequest } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";
import type { ToolCall } from "@/runtime/node/tool";

/** What a chat model was sent, as a run's record keeps it. */
export interface SentPrompt {
  readonly messages: readonly SentMessage[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** The reply had to be JSON of a schema. */
  readonly schema?: true;
  /** Names of the tools that it was offered. */
  readonly tools?: readonly string[];
}
export interface SentMessage {
  readonly role: "system" | "user" | "assistant" | "tool";
  readonly content: string;
  readonly images?: readonly FileReference[];
  /** The calls that the model had asked for. */
  readonly toolCalls?: readonly ToolCall[];
  /** The call that this answers. */
  readonly toolCallId?: string;
  /** Characters that were left out in the middle. */
  readonly omitted?: number;
}

/** Characters kept of one prompt, over all its messages. A record that doubled every long document would soon be all that is stored. */
export const keptPromptCharacters = 20_000;

/** The prompt as it was, or, of a long one, the beginning and the end of each message. */
export const sentPrompt = ({
  messages,
  temperature,
  maxTokens,
  stop,
  seed,
  responseSchema,
  tools,
}: ChatRequest): SentPrompt => {
  const total = messages.reduce((sum, { content }) => sum + content.length, 0);
  const keptArguments = Math.floor(keptPromptCharacters / 10);
  const share = total <= keptPromptCharacters ? 1 : keptPromptCharacters / total;
  return {
    messages: messages.map(({ role, content, images, toolCalls, toolCallId }) => ({
      role,
      ...shorten(content, Math.floor(content.length * share)),
      ...(images === undefined || images.length === 0 ? {} : { images }),
      ...(toolCalls === undefined || toolCalls.length === 0
        ? {}
        : {
            toolCalls: toolCalls.map((call) => ({
              ...call,
              arguments: shorten(call.arguments, keptArguments).content,
            })),
          }),
      ...(toolCallId === undefined ? {} : { toolCallId }),
    })),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...(seed === undefined ? {} : { seed }),
    ...(responseSchema === undefined ? {} : { schema: true }),
    ...(tools === undefined || tools.length === 0 ? {} : { tools: tools.map(({ name }) => name) }),
  };
};

const shorten = (content: string, most: number): Pick<SentMessage, "content" | "omitted"> => {
  if (content.length <= most) return { content };
  const tail = Math.floor(most / 3);
  const kept = `${content.slice(0, most - tail)}\n…\n${tail === 0 ? "" : content.slice(-tail)}`;
  return { content: kept, omitted: content.length - most };
};
