import type { DrawRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { type FailureContext, quote } from "./endpoint-failure";

const policy =
  /content.?policy|moderation_blocked|safety system|content.?filter|responsible.?ai|data_inspection|sensitive/i;
const tooLong = /string_above_max_length|(?:prompt|string|input).{0,40}(?:too long|maximum length|at most \d+ char)/i;
/** "Supported values are: '1024x1024' and 'auto'", "must be one of 256x256, 512x512, or 1024x1024" */
const lists =
  /(?:supported values are|must be one of|should be one of|allowed values(?: are)?|supported sizes(?: are)?|available sizes(?: are)?):?\s+([^.;]{1,300})/i;

/** What OpenAI's own models take, for servers that refuse a size and do not say which they take. */
const knownSizes =
  "dall-e-2 takes 256x256, 512x512 and 1024x1024; dall-e-3 1024x1024, 1792x1024 and 1024x1792; gpt-image models 1024x1024, 1536x1024, 1024x1536 and auto. Leave the size empty for the model's own.";

/** What a refused request for a picture means, and what to do about it. */
export const pictureRefusal = (failure: NodeFailure, request: DrawRequest, context: FailureContext): NodeFailure => {
  const said = failure.options.said ?? failure.message;
  const hinted = (hint: string) => new NodeFailure(failure.code, failure.message, { ...failure.options, hint });
  if (policy.test(said)) {
    const message = `The endpoint "${context.name}" makes no such picture, by its rules for content: ${quote(said, context)}`;
    return new NodeFailure("reply-filtered", message, { hint: "Change the prompt, or use another model." });
  }
  const taken = lists.exec(said)?.[1]?.trim();
  if (request.size !== undefined && /\bsize\b|resolution|dimension|\d{2,5}x\d{2,5}/i.test(said)) {
    return hinted(
      taken === undefined
        ? knownSizes
        : `It takes the sizes ${quote(taken, context)}. Choose one of them, or leave the size empty.`,
    );
  }
  if (request.quality !== undefined && /\bquality\b/i.test(said)) {
    return hinted(
      taken === undefined
        ? "dall-e-3 takes standard and hd; gpt-image models low, medium and high. Leave the quality to the model."
        : `It takes the qualities ${quote(taken, context)}.`,
    );
  }
  if (tooLong.test(said))
    return hinted("Shorten the prompt: dall-e-2 takes 1000 characters, dall-e-3 4000, gpt-image models 32000.");
  if (request.image !== undefined && /mask|square|alpha|dimensions|rgba/i.test(said))
    return hinted("A mask is a PNG with transparent parts, as large as the picture; dall-e-2 takes square PNGs alone.");
  return failure;
};
