import type { EmbedReply, EmbedRequest } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure } from "./endpoint-failure";
import { inBatches, type LearntBatches, sumUsage } from "./openai-batches";
import { readInputUsage } from "./openai-usage";

const batchSize = 32;

/** Sends the texts in requests of a size the server takes and joins the vectors in order. */
export const embedInBatches = async (
  request: EmbedRequest,
  learnt: LearntBatches,
  context: FailureContext,
  send: (input: readonly string[]) => Promise<unknown>,
): Promise<EmbedReply> => {
  const parts = await inBatches(request.input, learnt, request.model, batchSize, async (input) =>
    readVectors(await send(input), input.length, context),
  );
  const vectors = parts.flatMap((part) => part.vectors);
  const length = vectors[0]?.length ?? 0;
  if (vectors.some((vector) => vector.length !== length)) {
    throw protocolFailure("sent vectors of different lengths", context);
  }
  return { vectors, usage: sumUsage(parts.map(({ usage }) => usage)), costMicroUsd: null };
};

const isVector = (value: unknown): value is number[] =>
  Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === "number" && Number.isFinite(item));

/** A base64 string of little-endian floats, from servers that heed no `encoding_format`. */
const decodeVector = (value: unknown): unknown => {
  if (typeof value !== "string") return value;
  const bytes = Buffer.from(value, "base64");
  return Array.from({ length: Math.floor(bytes.length / 4) }, (_, index) => bytes.readFloatLE(index * 4));
};

const readVectors = (answer: unknown, expected: number, context: FailureContext) => {
  const data = isRecord(answer) ? answer.data : undefined;
  if (!Array.isArray(data)) throw protocolFailure("sent no embeddings", context);
  if (data.length !== expected) {
    throw protocolFailure(`sent ${data.length} embeddings for ${expected} texts`, context);
  }
  const vectors: (readonly number[])[] = new Array(expected);
  for (const [position, item] of data.entries()) {
    const index = isRecord(item) && typeof item.index === "number" ? item.index : position;
    const vector = decodeVector(isRecord(item) ? item.embedding : undefined);
    if (
      !isVector(vector) ||
      !Number.isInteger(index) ||
      index < 0 ||
      index >= expected ||
      vectors[index] !== undefined
    ) {
      throw protocolFailure("sent an embedding that is no list of numbers", context);
    }
    vectors[index] = vector;
  }
  return { vectors, usage: isRecord(answer) ? readInputUsage(answer.usage) : null };
};
