import type { ChatRequest } from "@/runtime/node/context";
import type { FileReference } from "@/runtime/node/file-reference";

/** What a chat model was sent, as a run's record keeps it. */
export interface SentPrompt {
  readonly messages: readonly SentMessage[];
  readonly temperature?: number;
  readonly maxTokens?: number;
  readonly stop?: readonly string[];
  readonly seed?: number;
  /** The reply had to be JSON of a schema. */
  readonly schema?: true;
}
export interface SentMessage {
  readonly role: "system" | "user" | "assistant";
  readonly content: string;
  readonly images?: readonly FileReference[];
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
}: ChatRequest): SentPrompt => {
  const total = messages.reduce((sum, { content }) => sum + content.length, 0);
  const share = total <= keptPromptCharacters ? 1 : keptPromptCharacters / total;
  return {
    messages: messages.map(({ role, content, images }) => ({
      role,
      ...shorten(content, Math.floor(content.length * share)),
      ...(images === undefined || images.length === 0 ? {} : { images }),
    })),
    ...(temperature === undefined ? {} : { temperature }),
    ...(maxTokens === undefined ? {} : { maxTokens }),
    ...(stop === undefined || stop.length === 0 ? {} : { stop }),
    ...(seed === undefined ? {} : { seed }),
    ...(responseSchema === undefined ? {} : { schema: true }),
  };
};

const shorten = (content: string, most: number): Pick<SentMessage, "content" | "omitted"> => {
  if (content.length <= most) return { content };
  const tail = Math.floor(most / 3);
  const kept = `${content.slice(0, most - tail)}\n…\n${tail === 0 ? "" : content.slice(-tail)}`;
  return { content: kept, omitted: content.length - most };
};
