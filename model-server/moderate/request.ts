import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { fromIssue } from "../chat/request";
import type { EndpointError } from "../errors";

export const MAX_INPUTS = 256;
export const MAX_INPUT_CHARACTERS = 32_000;

const text = z
  .string("must be a text; images are not moderated here")
  .min(1, "must not be empty")
  .max(MAX_INPUT_CHARACTERS);
const moderationBody = z.strictObject({ model: z.string().min(1).max(256).nullish(), input: z.unknown() });

export interface ModerationRequest {
  readonly model: string;
  readonly input: readonly string[];
}

export function parseModerationRequest(body: unknown): Result<ModerationRequest, EndpointError> {
  const parsed = moderationBody.safeParse(body);
  if (!parsed.success) return fail(fromIssue(parsed.error.issues[0]));
  const { model, input } = parsed.data;
  const texts = z
    .object({ input: Array.isArray(input) ? z.array(text).min(1).max(MAX_INPUTS) : text })
    .safeParse({ input });
  if (!texts.success) return fail(fromIssue(texts.error.issues[0]));
  return ok({ model: model ?? "local-moderation", input: [texts.data.input].flat() });
}
