import { expect, it } from "vitest";
import { guessModel } from "./model-guess";

const guess = (name: string, owner: string | null = null) =>
  guessModel({ name, contextTokens: null, owner, task: null, price: null });

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

it.each(["whisper-1", "tts-1", "BAAI/bge-reranker-v2-m3-rerank", "dall-e-3", "omni-moderation-latest"])(
  "takes %s for no model that chats",
  (name) => {
    expect(guess(name).chat).toBe(false);
  },
);

it.each([
  ["Qwen/Qwen2.5-VL-7B-Instruct", true],
  ["llava:13b", true],
  ["gpt-4o", true],
  ["llama-3.2-11b-vision", true],
  ["qwen2.5vl:7b", true],
  ["Qwen/Qwen3-8B", false],
  ["evlampy", false],
])("%s sees pictures: %s", (name, expected) => {
  expect(guess(name).vision).toBe(expected);
});

it("believes a server that says what a model is for, and servers known to hold a schema", () => {
  expect(
    guessModel({ name: "x", contextTokens: 9, owner: "pipewright", task: "embedding", price: null }),
  ).toMatchObject({
    chat: false,
    embedding: true,
    jsonSchema: false,
    contextTokens: 9,
  });
  expect(guess("any", "vllm").jsonSchema).toBe(true);
  expect(guess("any", "somebody").jsonSchema).toBe(false);
});
