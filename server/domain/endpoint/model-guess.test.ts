import { expect, it } from "vitest";
import { modelUses } from "@/runtime/node/model-use";
import { guessModel } from "./model-guess";

const described = { name: "x", contextTokens: null, owner: null, uses: null, grade: null, price: null } as const;
const guess = (name: string, owner: string | null = null) =>
  guessModel({ name, contextTokens: null, owner, uses: null, grade: null, price: null });

it.each([
  "text-embedding-3-small",
  "text-embedding-v4",
  "nomic-embed-text:latest",
  "BAAI/bge-m3",
  "intfloat/e5-mistral-7b",
  "thenlper/gte-large",
  "sentence-transformers/all-MiniLM-L6-v2",
])("takes %s for a model that makes embeddings", (name) => {
  expect(guess(name)).toMatchObject({ chat: false, embedding: true });
});

it.each(["Qwen/Qwen3-8B", "llama3.2:1b", "gpt-4o-mini", "deepseek-chat", "mistral-small", "gemma2"])(
  "takes %s for a model that chats",
  (name) => {
    expect(guess(name)).toMatchObject({ chat: true, embedding: false });
  },
);

it.each([
  ["whisper-1", "transcription"],
  ["openai/whisper-large-v3-turbo", "transcription"],
  ["gpt-4o-transcribe", "transcription"],
  ["FunAudioLLM/SenseVoiceSmall", "transcription"],
  ["mistralai/Voxtral-Mini-3B", "transcription"],
  ["BAAI/bge-reranker-v2-m3", "rerank"],
  ["jina-reranker-v2-base-multilingual", "rerank"],
  ["gte-rerank-v2", "rerank"],
  ["Qwen/Qwen3-Reranker-0.6B", "rerank"],
  ["cross-encoder/ms-marco-MiniLM-L6-v2", "rerank"],
  ["omni-moderation-latest", "moderation"],
  ["meta-llama/Llama-Guard-4-12B", "moderation"],
  ["Qwen/Qwen3Guard-Gen-8B", "moderation"],
  ["dall-e-3", "picture"],
  ["gpt-image-1", "picture"],
  ["gpt-image-1.5", "picture"],
  ["black-forest-labs/FLUX.1", "picture"],
  ["Qwen/Qwen-Image-Edit", "picture"],
  ["stabilityai/stable-diffusion-3-medium", "picture"],
  ["tts-1", "speech"],
  ["gpt-4o-mini-tts", "speech"],
  ["CosyVoice2-0.5B", "speech"],
  ["speaches-ai/Kokoro-82M-v1.0-ONNX", "speech"],
])("takes %s for a model for %s and nothing else", (name, use) => {
  const model = guess(name);
  expect(modelUses.filter((each) => model[each])).toEqual([use]);
});

it.each(["sora-2", "Wan-AI/Wan2.2-T2V", "facebook/musicgen-small", "fish-audio/speech-encoder"])(
  "takes %s for a model that no step can use",
  (name) => {
    const model = guess(name);
    expect(modelUses.filter((each) => model[each])).toEqual([]);
  },
);

it.each([
  ["Qwen/Qwen2.5-VL-7B-Instruct", true],
  ["llava:13b", true],
  ["gpt-4o", true],
  ["llama-3.2-11b-vision", true],
  ["qwen2.5vl:7b", true],
  ["OpenGVLab/InternVL3-8B", true],
  ["HuggingFaceTB/SmolVLM-500M-Instruct", true],
  ["claude-sonnet-4", true],
  ["Qwen/Qwen3-8B", false],
  ["evlampy", false],
])("%s sees pictures: %s", (name, expected) => {
  expect(guess(name).vision).toBe(expected);
});

it("believes a server that says what a model is for, and servers known to hold a schema", () => {
  expect(
    guessModel({ name: "x", contextTokens: 9, owner: "pipewright", uses: ["embedding"], grade: null, price: null }),
  ).toMatchObject({
    chat: false,
    embedding: true,
    jsonSchema: false,
    contextTokens: 9,
  });
  expect(guess("any", "vllm").jsonSchema).toBe(true);
  expect(guess("any", "somebody").jsonSchema).toBe(false);
  const seeing = guessModel({ ...described, uses: ["vision"] });
  expect(seeing).toMatchObject({ chat: true, vision: true, embedding: false });
  expect(guessModel({ ...described, name: "whisper", uses: ["moderation"] })).toMatchObject({
    moderation: true,
    transcription: false,
    picture: false,
    speech: false,
  });
});
