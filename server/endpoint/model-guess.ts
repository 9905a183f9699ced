import type { ModelDescription } from "@/runtime/model/openai-models";
import type { EndpointModelInput } from "./endpoint.types";

const embedding = /embed|(^|[/_-])(bge|gte|e5|m3e|minilm|nomic)([_-]|$)/i;
const neither = /rerank|whisper|(^|[/_-])(tts|asr|stable-diffusion|flux|dall-e|moderation)([_-]|$)|speech|transcribe/i;
const vision =
  /(^|[/_.-]|\d)(vl|vision|llava|pixtral|internvl|minicpm-v|gpt-4o|gpt-4\.1|gpt-5|gemini|gemma-3)([/_.:-]|\d|$)|omni/i;
/** Servers that hold a reply to a JSON schema by grammar, as they name themselves in `owned_by`. */
const grammar = /^(vllm|sglang|llamacpp|openai|system|openai-internal|pipewright)$/i;

/** What a model can probably do, for a form that its user corrects. A server that says so itself is believed. */
export const guessModel = (model: ModelDescription): EndpointModelInput => {
  const isEmbedding = model.task === null ? embedding.test(model.name) : model.task === "embedding";
  const isChat = model.task === null ? !isEmbedding && !neither.test(model.name) : model.task === "chat";
  return {
    name: model.name,
    chat: isChat,
    embedding: isEmbedding,
    jsonSchema: isChat && model.owner !== null && grammar.test(model.owner),
    vision: isChat && vision.test(model.name),
    contextTokens: model.contextTokens,
    inputUsdPerM: model.price?.inputUsdPerM ?? null,
    outputUsdPerM: model.price?.outputUsdPerM ?? null,
  };
};
