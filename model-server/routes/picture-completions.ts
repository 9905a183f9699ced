import type { ServerResponse } from "node:http";
import { ok, type Result } from "@/runtime/graph/result";
import { fetchCommand } from "@/scripts/models/ensure-models.mjs";
import type { ChatCompletion } from "../chat/request";
import { badRequest, type EndpointError, modelNotFetched, queueFull } from "../errors";
import { VISION_ID } from "../model-list";
import type { QueueRefusal } from "../queue";
import type { ChatEntry } from "../registry";
import { sendError } from "../reply";
import type { Services } from "../services";
import { asAnswer, directAnswer, prepareAnswer, questionOf, wantsText } from "../vision/answer-question";
import type { Sight } from "../vision/describe-sights";
import { imageData } from "../vision/image-data";
import type { LookInput } from "../vision/process";
import { relevantLines } from "../vision/relevant-lines";
import { chatWriter } from "./chat-writers";

/** In every answer, so that nobody takes it for more. */
const FINGERPRINT = "composite-of-ocr-objects-safety-and-a-language-model_not-a-vlm";

/** A chat about pictures. They are looked at by models for text, objects and safety; a language model answers from what those saw. */
export async function pictureCompletions(
  request: ChatCompletion,
  response: ServerResponse,
  services: Services,
  signal: AbortSignal,
) {
  if (request.tools) return sendError(response, badRequest(`"${VISION_ID}" calls no tools.`, "tools"));
  const images = imagesOf(request);
  if (!images.ok) return sendError(response, images.error);
  const answerer = bestChat(services.chatEntries());

  const looked = await services.queues.vision.run(() => look(images.value, request, services, signal), signal);
  if (!looked.ok) return refused(response, looked.error);
  if (!looked.value.ok) return sendError(response, looked.value.error);
  const sights = looked.value.value;

  const writer = chatWriter(request, response, services.now, FINGERPRINT);
  const text = sights.length > 0 ? directAnswer(request, sights, answerer.grade !== "demo") : undefined;
  if (text !== undefined) {
    writer.open();
    writer.onText(text);
    return writer.close(asAnswer(text));
  }
  if (!answerer.present)
    return sendError(
      response,
      modelNotFetched(answerer.id, fetchCommand(answerer.id), services.fetches.progress(answerer.id)),
    );
  const turn = await services.queues.chat.run(
    () =>
      services.chats.use(answerer.source, async (model) => {
        const prepared =
          sights.length > 0
            ? await prepareAnswer(request, await shortened(request, sights, services, signal), model)
            : await model.prepare(request);
        if (!prepared.ok) return prepared;
        writer.open();
        return ok(await model.answer(prepared.value, { signal, ...writer }));
      }),
    signal,
  );
  if (!turn.ok) return refused(response, turn.error);
  if (turn.value.ok) writer.close(turn.value.value);
  else sendError(response, turn.value.error);
}

function refused(response: ServerResponse, refusal: QueueRefusal) {
  if (refusal.reason === "full") sendError(response, queueFull(refusal.waiting, refusal.retryAfterSeconds));
}

function imagesOf({ messages }: ChatCompletion): Result<readonly Uint8Array[], EndpointError> {
  const images: Uint8Array[] = [];
  for (const [index, message] of messages.entries())
    for (const url of message.images) {
      const bytes = imageData(url, `messages[${index}].content`);
      if (!bytes.ok) return bytes;
      images.push(bytes.value);
    }
  return ok(images);
}

async function look(
  images: readonly Uint8Array[],
  request: ChatCompletion,
  { families }: Services,
  signal: AbortSignal,
): Promise<Result<readonly Sight[], EndpointError>> {
  const sights: Sight[] = [];
  for (const image of images) {
    const input: LookInput = { image, textOnly: wantsText(request) };
    const sight = await families.vision.call<Sight>("look", input, signal);
    if (!sight.ok) return sight;
    sights.push(sight.value);
  }
  return ok(sights);
}

/** Without the embedding models the picture's first lines have to do. */
const shortened = (request: ChatCompletion, sights: readonly Sight[], { embeddings }: Services, signal: AbortSignal) =>
  relevantLines(questionOf(request), sights, (texts) => embeddings.embed("local-embed", texts, signal));

/** The best language model there is; the demo one where its user fetched no other. */
function bestChat(entries: readonly ChatEntry[]): ChatEntry {
  const better = entries.findLast(({ grade, present }) => grade === "good" && present);
  const best = better ?? entries.find(({ present }) => present) ?? entries.find(({ optional }) => !optional);
  if (!best) throw new Error(`${VISION_ID} needs a language model and none is known`);
  return best;
}
