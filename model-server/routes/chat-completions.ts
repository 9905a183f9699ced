import type { ServerResponse } from "node:http";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import type { ChatModelSource } from "../chat/chat-models";
import { type ChatCompletion, parseChatRequest } from "../chat/request";
import { badRequest, type EndpointError, errorBody, modelNotFetched, queueFull } from "../errors";
import { notOfThisUse, VISION_ID } from "../model-list";
import { sendError } from "../reply";
import type { Services } from "../services";
import { EventStream } from "../sse";
import { chatWriter } from "./chat-writers";
import { pictureCompletions } from "./picture-completions";

/** Answers with one JSON object or with a stream of chunks. `signal` is aborted when the client leaves. */
export async function chatCompletions(
  body: unknown,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) {
  const request = parseChatRequest(body);
  if (!request.ok) return sendError(response, request.error);
  if (request.value.model === VISION_ID) return pictureCompletions(request.value, response, services, signal);
  const source = findSource(request.value, services);
  if (!source.ok) return sendError(response, source.error);

  const writer = chatWriter(request.value, response, services.now);
  const turn = await services.queues.chat.run(
    () =>
      services.chats.use(source.value, async (model) => {
        const prepared = await model.prepare(request.value);
        if (!prepared.ok) return prepared;
        writer.open();
        return ok(await model.answer(prepared.value, { signal, ...writer }));
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

function findSource({ model, messages }: ChatCompletion, services: Services): Result<ChatModelSource, EndpointError> {
  const entry = services.chatEntries().find(({ id }) => id === model);
  if (!entry) return fail(notOfThisUse(model, "chat", services));
  if (!entry.present && entry.grade !== null)
    return fail(modelNotFetched(model, fetchCommand(model), services.fetches.progress(model)));
  const pictured = messages.findIndex(({ images }) => images.length > 0);
  if (pictured === -1) return ok(entry.source);
  return fail(badRequest(`"${model}" reads no images. Use ${VISION_ID}.`, `messages[${pictured}].content`));
}

/** For a failure after a stream was opened. */
export const streamError = (response: ServerResponse, error: EndpointError) =>
  new EventStream(response).fail(errorBody(error));
