import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { ChatAnswer } from "../chat/chat-model";
import type { ChatCompletion } from "../chat/request";
import { sendJson } from "../reply";
import { EventStream } from "../sse";

/** Sends an answer as it comes: as one JSON object or as a stream of chunks. */
export interface ChatWriter {
  /** Nothing can be refused any more from here on. */
  open(): void;
  text(text: string): void;
  close(answer: ChatAnswer): void;
}

/** `fingerprint`: what stands behind the model's name, where that is not plain. */
export function chatWriter(
  request: ChatCompletion,
  response: ServerResponse,
  now: () => number,
  fingerprint?: string,
): ChatWriter {
  const head = {
    id: `chatcmpl-${randomUUID()}`,
    object: request.stream ? "chat.completion.chunk" : "chat.completion",
    created: Math.floor(now() / 1000),
    model: request.model,
    ...(fingerprint && { system_fingerprint: fingerprint }),
  };
  return request.stream ? streamWriter(head, response, request.includeUsage) : wholeWriter(head, response);
}

const usage = ({ promptTokens, completionTokens }: ChatAnswer) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});

const wholeWriter = (head: object, response: ServerResponse): ChatWriter => ({
  open: () => undefined,
  text: () => undefined,
  close: (answer) =>
    sendJson(response, 200, {
      ...head,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: answer.text, refusal: null },
          finish_reason: answer.finishReason,
          logprobs: null,
        },
      ],
      usage: usage(answer),
    }),
});

function streamWriter(head: object, response: ServerResponse, includeUsage: boolean): ChatWriter {
  const stream = new EventStream(response);
  const chunk = (delta: { role?: string; content?: string }, finish: ChatAnswer["finishReason"] | null) =>
    stream.send({
      ...head,
      choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
      ...(includeUsage && { usage: null }),
    });
  return {
    open: () => {
      stream.open();
      chunk({ role: "assistant", content: "" }, null);
    },
    text: (text) => {
      if (text) chunk({ content: text }, null);
    },
    close: (answer) => {
      chunk({}, answer.finishReason);
      if (includeUsage) stream.send({ ...head, choices: [], usage: usage(answer) });
      stream.close();
    },
  };
}
