import { randomUUID } from "node:crypto";
import type { ServerResponse } from "node:http";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import type { ChatAnswer } from "../chat/chat-model";
import type { ChatModelSource } from "../chat/chat-models";
import { type ChatCompletion, parseChatRequest } from "../chat/request";
import { embeddingIds } from "../embed/embedding-models";
import { badRequest, type EndpointError, errorBody, modelNotFetched, modelNotFound, queueFull } from "../errors";
import { sendError, sendJson } from "../reply";
import type { Services } from "../services";
import { EventStream } from "../sse";

/** Answers with one JSON object or with a stream of chunks. `signal` is aborted when the client leaves. */
export async function chatCompletions(
  body: unknown,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) {
  const request = parseChatRequest(body);
  if (!request.ok) return sendError(response, request.error);
  const source = findSource(request.value.model, services);
  if (!source.ok) return sendError(response, source.error);

  const writer = request.value.stream
    ? new StreamWriter(request.value, response, services.now)
    : new WholeWriter(request.value, response, services.now);
  const turn = await services.chatQueue.run(
    () =>
      services.chats.use(source.value, async (model) => {
        const prepared = await model.prepare(request.value);
        if (!prepared.ok) return prepared;
        writer.open();
        return ok(await model.answer(prepared.value, { signal, onText: (text) => writer.text(text) }));
      }),
    signal,
  );
  if (!turn.ok) {
    if (turn.error.reason === "full") sendError(response, queueFull(turn.error.waiting, turn.error.retryAfterSeconds));
    return;
  }
  if (turn.value.ok) writer.close(turn.value.value);
  else sendError(response, turn.value.error);
}

function findSource(model: string, { chatEntries }: Services): Result<ChatModelSource, EndpointError> {
  const entries = chatEntries();
  const entry = entries.find(({ id }) => id === model);
  if (entry?.present || entry?.grade === null) return ok(entry.source);
  if (entry) return fail(modelNotFetched(model, fetchCommand(model)));
  if (embeddingIds.some((id) => id === model))
    return fail(badRequest(`"${model}" makes embeddings and does not chat.`, "model"));
  return fail(
    modelNotFound(
      model,
      entries.filter(({ present }) => present).map(({ id }) => id),
    ),
  );
}

const usage = ({ promptTokens, completionTokens }: ChatAnswer) => ({
  prompt_tokens: promptTokens,
  completion_tokens: completionTokens,
  total_tokens: promptTokens + completionTokens,
});

class WholeWriter {
  readonly #head;
  readonly #response: ServerResponse;

  constructor(request: ChatCompletion, response: ServerResponse, now: () => number) {
    this.#head = head(request, now, "chat.completion");
    this.#response = response;
  }

  open() {}

  text(_text: string) {}

  close(answer: ChatAnswer) {
    sendJson(this.#response, 200, {
      ...this.#head,
      choices: [
        {
          index: 0,
          message: { role: "assistant", content: answer.text, refusal: null },
          finish_reason: answer.finishReason,
          logprobs: null,
        },
      ],
      usage: usage(answer),
    });
  }
}

class StreamWriter {
  readonly #head;
  readonly #stream: EventStream;
  readonly #includeUsage: boolean;

  constructor(request: ChatCompletion, response: ServerResponse, now: () => number) {
    this.#head = head(request, now, "chat.completion.chunk");
    this.#stream = new EventStream(response);
    this.#includeUsage = request.includeUsage;
  }

  open() {
    this.#stream.open();
    this.#chunk({ role: "assistant", content: "" }, null);
  }

  text(text: string) {
    if (text) this.#chunk({ content: text }, null);
  }

  close(answer: ChatAnswer) {
    this.#chunk({}, answer.finishReason);
    if (this.#includeUsage) this.#stream.send({ ...this.#head, choices: [], usage: usage(answer) });
    this.#stream.close();
  }

  #chunk(delta: { role?: string; content?: string }, finish: ChatAnswer["finishReason"] | null) {
    this.#stream.send({
      ...this.#head,
      choices: [{ index: 0, delta, finish_reason: finish, logprobs: null }],
      ...(this.#includeUsage && { usage: null }),
    });
  }
}

const head = ({ model }: ChatCompletion, now: () => number, object: string) => ({
  id: `chatcmpl-${randomUUID()}`,
  object,
  created: Math.floor(now() / 1000),
  model,
});

/** For a failure after a stream was opened. */
export const streamError = (response: ServerResponse, error: EndpointError) =>
  new EventStream(response).fail(errorBody(error));
