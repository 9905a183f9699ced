import { isRecord } from "@/runtime/node/record";

const isThinkingPart = ({ type }: Record<string, unknown>): boolean =>
  typeof type === "string" && /think|reason/i.test(type);

/** The words of a message's content: a text, or the parts of a list that are no thinking. */
export const textOf = (content: unknown): string => {
  if (typeof content === "string") return content;
  if (!Array.isArray(content)) return "";
  return content
    .map((part) => (isRecord(part) && !isThinkingPart(part) && typeof part.text === "string" ? part.text : ""))
    .join("");
};

/** The words of one thinking part, whatever its server calls them: `text`, `thinking`, `summary`, `content`, or parts of their own. */
const wordsOf = (value: unknown, depth = 0): string => {
  if (typeof value === "string") return value;
  if (depth > 4) return "";
  if (Array.isArray(value)) return value.map((part) => wordsOf(part, depth + 1)).join("");
  if (!isRecord(value)) return "";
  for (const key of ["text", "thinking", "summary", "content", "reasoning"]) {
    const words = wordsOf(value[key], depth + 1);
    if (words !== "") return words;
  }
  return "";
};

/** Where servers put a model's thinking beside its answer. Some say it twice under two names, so only the first that is there counts. */
const fields = [
  "reasoning_content",
  "reasoning",
  "thinking",
  "reasoning_text",
  "thought",
  "reasoning_details",
  "thinking_blocks",
];

/** What a message or delta holds of the model's thinking, taken apart by its server. */
export const readThinking = (message: Record<string, unknown>): string => {
  for (const field of fields) {
    const words = wordsOf(message[field]);
    if (words !== "") return words;
  }
  const { content } = message;
  return Array.isArray(content)
    ? content.map((part) => (isRecord(part) && isThinkingPart(part) ? wordsOf(part) : "")).join("")
    : "";
};
