import type { EmbedReply, EmbedRequest, Usage } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type FailureContext, protocolFailure } from "./endpoint-failure";
import { readUsage } from "./openai-chunk";

/** Texts a request, learnt per model: text-embeddings-inference takes 32 by default, DashScope 10, some servers one. */
export type EmbeddingBatches = Map<string, number>;
const batchSizes = [32, 10, 1] as const;

/** Sends the texts in requests of a size the server takes, one after another, and joins the vectors in order. */
export const embedInBatches = async (
  request: EmbedRequest,
  batches: EmbeddingBatches,
  context: FailureContext,
  send: (input: readonly string[]) => Promise<unknown>,
): Promise<EmbedReply> => {
  const vectors: (readonly number[])[] = [];
  let usage: Usage | null = { inputTokens: 0, outputTokens: 0 };
  while (vectors.length < request.input.length) {
    const size = batches.get(request.model) ?? batchSizes[0];
    const input = request.input.slice(vectors.length, vectors.length + size);
    let answer: unknown;
    try {
      answer = await send(input);
    } catch (error) {
      const smaller = batchSizes.find((candidate) => candidate < input.length);
      if (smaller === undefined || !refusesSize(error)) throw error;
      batches.set(request.model, smaller);
      continue;
    }
    const part = readVectors(answer, input.length, context);
    vectors.push(...part.vectors);
    usage = usage !== null && part.usage !== null ? sum(usage, part.usage) : null;
  }
  const length = vectors[0]?.length ?? 0;
  if (vectors.some((vector) => vector.length !== length)) {
    throw protocolFailure("sent vectors of different lengths", context);
  }
  return { vectors, usage, costMicroUsd: null };
};

const refusesSize = (error: unknown): boolean =>
  error instanceof NodeFailure &&
  error.code === "model-rejected" &&
  /batch|inputs?\b.*(size|length|items|many|string)/i.test(error.message);

const sum = (a: Usage, b: Usage): Usage => ({
  inputTokens: a.inputTokens + b.inputTokens,
  outputTokens: a.outputTokens + b.outputTokens,
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

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
  return { vectors, usage: isRecord(answer) ? readUsage(answer.usage) : null };
};
