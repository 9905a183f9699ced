import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import type { ChatAnswer, ChatListener } from "../chat/chat-model";
import type { ChatCompletion } from "../chat/request";
import { sendJson } from "../reply";
import { EventStream } from "../sse";

/** Sends an answer as it comes: as one JSON object or as a stream of chunks. */
export interface ChatWriter extends Required<ChatListener> {
  /** Nothing can be refused any more from here on. */
  readonly open: () => void;
  readonly close: (answer: ChatAnswer) => void;
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
  onText: () => undefined,
  onReasoning: () => undefined,
  onCall: () => undefined,
  close: (answer) =>
    sendJson(response, 200, {
      ...head,
      choices: [
        {
          index: 0,
          message: {
            role: "assistant",
            content: answer.calls.length > 0 && answer.text === "" ? null : answer.text,
            ...(answer.reasoning && { reasoning_content: answer.reasoning }),
            refusal: null,
            ...(answer.calls.length > 0 && {
              tool_calls: answer.calls.map(({ name, argumentText }) => ({
                id: callId(),
                type: "function",
                function: { name, arguments: argumentText },
              })),
            }),
          },
          finish_reason: answer.finishReason,
          logprobs: null,
        },
      ],
      usage: usage(answer),
    }),
});

const callId = () => `call_${randomUUID().replaceAll("-", "").slice(0, 24)}`;

interface Delta {
  readonly role?: "assistant";
  readonly content?: string;
  readonly reasoning_content?: string;
  readonly tool_calls?: readonly object[];
}

function streamWriter(head: object, response: ServerResponse, includeUsage: boolean): ChatWriter {
  const stream = new EventStream(response);
  const chunk = (delta: Delta, finish: ChatAnswer["finishReason"] | null) =>
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
    onText: (text) => {
      if (text) chunk({ content: text }, null);
    },
    onReasoning: (text) => {
      if (text) chunk({ reasoning_content: text }, null);
    },
    onCall: (piece) => {
      const { index } = piece;
      const call =
        "name" in piece
          ? { index, id: callId(), type: "function", function: { name: piece.name, arguments: "" } }
          : { index, function: { arguments: piece.argumentText } };
      chunk({ tool_calls: [call] }, null);
    },
    close: (answer) => {
      chunk({}, answer.finishReason);
      if (includeUsage) stream.send({ ...head, choices: [], usage: usage(answer) });
      stream.close();
    },
  };
}
