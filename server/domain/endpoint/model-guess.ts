import type { ModelDescription } from "@/runtime/model/openai-models";
import { byUse, type ModelUse } from "@/runtime/node/model-use";
import type { EndpointModelInput } from "./endpoint.types";

/** What a name gives away, the surest sign first. A name that says nothing is a model that chats. */
const signs: readonly (readonly [RegExp, ModelUse])[] = [
  [/re-?rank|(^|[/_-])(colbert|cross-encoder)([_.:-]|$)|ms-marco/i, "rerank"],
  [/moderation|llama-?guard|shieldgemma|qwen3guard|granite-guardian|toxic/i, "moderation"],
  [/whisper|transcri|(^|[/_-])(asr|paraformer|parakeet|canary)([/_.-]|\d|$)|sensevoice|voxtral/i, "transcription"],
  [
    /(^|[/_-])(stable-diffusion|sd-?(xl|3|turbo)|sdxl|flux|dall-e|gpt-image|chatgpt-image|qwen-image|z-image|wanx|kolors|hidream|imagen|cogview|seedream|hunyuan-?image|recraft|playground-v)([_.:-]|\d|$)|image-gen|text-to-image/i,
    "picture",
  ],
  [
    /(^|[/_-])(x?tts|kokoro|cosyvoice|bark|piper|orpheus|fish-speech|chatterbox|parler|speecht5|playai-tts|indextts)([_.:-]|\d|$)|[_-]tts|text-to-speech|speech-0/i,
    "speech",
  ],
  [/embed|(^|[/_-])(bge|gte|e5|m3e|minilm|nomic|stella|jina-clip)([_-]|$)/i, "embedding"],
];
/** For moving pictures and sounds that no step makes. */
const none = /(^|[/_-])(wan|sora|veo|musicgen|audiogen|suno)([_.-]|\d|$)|speech/i;
const vision =
  /(^|[/_.-]|\d)(vl|vlm|vision|llava|pixtral|internvl|minicpm-v|moondream|cogvlm|smolvlm|gpt-4o|gpt-4\.1|gpt-5|gemini|gemma-?3|claude)([/_.:-]|\d|$)|omni/i;
/** Servers that hold a reply to a JSON schema by grammar, as they name themselves in `owned_by`. */
const grammar = /^(vllm|sglang|llamacpp|openai|system|openai-internal|pipewright)$/i;

const guessUses = (name: string): readonly ModelUse[] => {
  const sign = signs.find(([pattern]) => pattern.test(name));
  if (sign !== undefined) return [sign[1]];
  if (none.test(name)) return [];
  return vision.test(name) ? ["chat", "vision"] : ["chat"];
};

/** What a model can probably do, for a form that its user corrects. A server that says so itself is believed. */
export const guessModel = (model: ModelDescription): EndpointModelInput => {
  const said = model.uses ?? guessUses(model.name);
  const uses = new Set<ModelUse>(said.includes("vision") ? [...said, "chat"] : said);
  // Servers that tell a model's task seldom tell whether it sees.
  if (model.uses?.length === 1 && uses.has("chat") && vision.test(model.name)) uses.add("vision");
  return {
    name: model.name,
    ...byUse((use) => uses.has(use)),
    jsonSchema: uses.has("chat") && model.owner !== null && grammar.test(model.owner),
    maxConcurrency: null,
    contextTokens: model.contextTokens,
    inputUsdPerM: model.price?.inputUsdPerM ?? null,
    outputUsdPerM: model.price?.outputUsdPerM ?? null,
    cachedInputUsdPerM: model.price?.cachedInputUsdPerM ?? null,
  };
};
