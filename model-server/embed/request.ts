import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fromIssue } from "../chat/request";
import { badRequest, type EndpointError } from "../errors";

export const MAX_INPUTS = 256;
export const MAX_INPUT_CHARACTERS = 8_000;

const text = z
  .string("must be a text; lists of token numbers are not supported here")
  .min(1, "must not be empty")
  .max(MAX_INPUT_CHARACTERS);

const embeddingBody = z.strictObject({
  model: z.string().min(1).max(256),
  input: z.unknown(),
  encoding_format: z.enum(["float", "base64"]).nullish(),
  dimensions: z.int().nullish(),
  user: z.unknown().optional(),
});

export interface EmbeddingRequest {
  readonly model: string;
  readonly input: readonly string[];
  readonly encoding: "float" | "base64";
  readonly dimensions: number | undefined;
}

export function parseEmbeddingRequest(body: unknown): Result<EmbeddingRequest, EndpointError> {
  const parsed = embeddingBody.safeParse(body);
  if (!parsed.success) return fail(fromIssue(parsed.error.issues[0]));
  const { model, input, encoding_format, dimensions } = parsed.data;
  // Apart from the rest, so that the message speaks of the one text that is wrong and not of both forms the field may have.
  const texts = z
    .object({ input: Array.isArray(input) ? z.array(text).min(1).max(MAX_INPUTS) : text })
    .safeParse({ input });
  if (!texts.success) return fail(fromIssue(texts.error.issues[0]));
  return ok({
    model,
    input: [texts.data.input].flat(),
    encoding: encoding_format ?? "float",
    dimensions: dimensions ?? undefined,
  });
}

export const wrongDimensions = (asked: number, has: number): EndpointError =>
  badRequest(
    `This model's vectors have ${has} numbers and cannot be cut to ${asked}. Leave the field out.`,
    "dimensions",
  );
