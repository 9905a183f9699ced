import type { ServerResponse } from "node:http";
import { dimensionsOf, embeddingIds } from "../embed/embedding-models";
import { type EmbeddingRequest, parseEmbeddingRequest, wrongDimensions } from "../embed/request";
import { queueFull } from "../errors";
import { notOfThisUse } from "../model-list";
import { sendError, sendJson } from "../reply";
import type { Services } from "../services";

/** Vectors in the order of the texts. */
export async function embeddings(body: unknown, response: ServerResponse, services: Services, signal: AbortSignal) {
  const request = parseEmbeddingRequest(body);
  if (!request.ok) return sendError(response, request.error);
  const { model, input, dimensions, encoding } = request.value;
  const id = embeddingIds.find((known) => known === model);
  if (!id) return sendError(response, notOfThisUse(model, "embedding", services));
  if (dimensions !== undefined && dimensions !== dimensionsOf[id])
    return sendError(response, wrongDimensions(dimensions, dimensionsOf[id]));

  const characters = input.reduce((sum, text) => sum + text.length, 0);
  const turn = await services.queues.embeddings.run(
    () => services.embeddings.embed(id, input, signal),
    signal,
    characters,
  );
  if (!turn.ok) {
    if (turn.error.reason === "full") sendError(response, queueFull(turn.error.waiting, turn.error.retryAfterSeconds));
    return;
  }
  if (!turn.value.ok) return sendError(response, turn.value.error);
  const encodings = turn.value.value;
  const tokens = encodings.reduce((sum, one) => sum + one.tokens, 0);
  sendJson(response, 200, {
    object: "list",
    model: id,
    data: encodings.map(({ vector }, index) => ({ object: "embedding", index, embedding: written(vector, encoding) })),
    usage: { prompt_tokens: tokens, total_tokens: tokens },
  });
}

/** base64 is what the official client asks for when its caller says nothing: little-endian 32-bit floats. */
function written(vector: Float32Array, encoding: EmbeddingRequest["encoding"]): number[] | string {
  if (encoding === "float") return Array.from(vector);
  const bytes = Buffer.alloc(vector.length * 4);
  for (const [index, value] of vector.entries()) bytes.writeFloatLE(value, index * 4);
  return bytes.toString("base64");
}
