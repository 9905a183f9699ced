import type { Result } from "@/runtime/graph/result";
import type { ChatAnswer, ChatModel, PreparedChat } from "../chat/chat-model";
import type { ChatCompletion } from "../chat/request";
import type { EndpointError } from "../errors";
import { describeSights, groundsFor, type Language, type Sight } from "./describe-sights";
import { languageOf, wishOf } from "./question";

/** Short, since a small model strays after its first sentence. */
const ANSWER_TOKENS = 80;
const JSON_TOKENS = 512;

/** The text of the last thing the user said. */
export const questionOf = ({ messages }: ChatCompletion): string =>
  messages.findLast(({ role }) => role === "user")?.text ?? "";

/** Whether only the text of the pictures is needed, and neither objects nor a language model. */
export const wantsText = (request: ChatCompletion): boolean =>
  request.json === undefined && wishOf(questionOf(request)) === "text";

/**
 * The answer that needs no language model: the text itself, or the description. undefined where a question is to be answered from
 * it. `speaksChinese`: whether the language model at hand can answer in Chinese; a demo model cannot, and its user is given
 * what was seen instead of nonsense.
 */
export function directAnswer(
  request: ChatCompletion,
  sights: readonly Sight[],
  speaksChinese: boolean,
): string | undefined {
  if (request.json) return undefined;
  const question = questionOf(request);
  const language = languageOf(question);
  const wish = wishOf(question);
  switch (wish) {
    case "text":
      return sights.map(({ lines }) => lines.join("\n")).join("\n\n");
    case "description":
      return describeSights(sights, language);
    case "answer":
      return language === "zh" && !speaksChinese ? describeSights(sights, language) : undefined;
    default:
      return wish satisfies never;
  }
}

/** A question to a language model about what was seen. Text that its context has no room for is left out from the end. */
export async function prepareAnswer(
  request: ChatCompletion,
  sights: readonly Sight[],
  model: ChatModel,
): Promise<Result<PreparedChat, EndpointError>> {
  const language = languageOf(questionOf(request));
  for (let lines = Math.max(...sights.map((sight) => sight.lines.length)); ; lines = Math.floor(lines / 2)) {
    const prepared = await model.prepare(grounded(request, groundsFor(sights, language, lines), language));
    if (prepared.ok || lines === 0 || prepared.error.code !== "context_length_exceeded") return prepared;
  }
}

function grounded(request: ChatCompletion, seen: string, language: Language): ChatCompletion {
  const last = request.messages.findLastIndex(({ role }) => role === "user");
  const asJson = request.json === undefined ? "" : language === "zh" ? "\n用 JSON 回答。" : "\nAnswer as JSON.";
  const messages = request.messages.map((message, index) =>
    index === last ? { ...message, text: `${seen}\n\n${message.text}${asJson}` } : message,
  );
  const system =
    language === "zh" ? "你只根据给出的内容回答问题。" : "You answer questions using only the given context.";
  return {
    ...request,
    messages: messages.some(({ role }) => role === "system")
      ? messages
      : [{ role: "system", text: system, images: [] }, ...messages],
    temperature: request.temperature ?? 0,
    maxTokens: request.maxTokens ?? (request.json ? JSON_TOKENS : ANSWER_TOKENS),
    stop: request.json || request.stop.length > 0 ? request.stop : ["\n"],
  };
}

/** In the form of a language model's answer. Tokens are counted as four letters or one Chinese character each. */
export function asAnswer(text: string): ChatAnswer {
  const chinese = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const completionTokens = chinese + Math.ceil((text.length - chinese) / 4);
  return { text, reasoning: "", calls: [], finishReason: "stop", promptTokens: 0, completionTokens };
}
