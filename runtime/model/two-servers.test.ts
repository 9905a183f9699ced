import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect, describeEndpoint, textOf } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type EndpointProcess, startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { systemClock } from "./clock";
import type { ModelCallRecord, ModelGateway } from "./endpoint";
import { createOpenAiEndpoint } from "./openai-endpoint";
import { createOpenAiGateway } from "./openai-gateway";
import { createUndiciFetch } from "./undici-fetch";

/** The first tokens of a model that a busy machine loads take their time. */
const patience = 180_000;
const key = "embedded-key-for-this-test";
/** One process for all of them: it takes its models with it into memory. */
let embedded: EndpointProcess;
beforeAll(async () => {
  const { missing } = await ensureModels();
  if (missing.length > 0) throw new Error(`missing models: ${JSON.stringify(missing)}`);
  embedded = await startLocalEndpoint([], { PIPEWRIGHT_LOCAL_ENDPOINT_KEY: key });
}, patience);
afterAll(() => embedded?.stop());

describeEndpoint(
  "the embedded model endpoint",
  async () => {
    const endpoint = createOpenAiEndpoint(
      { id: "local", name: "Local", baseUrl: `${embedded.url}/v1`, apiKey: key, timeoutMs: patience },
      { fetch: createUndiciFetch(), clock: systemClock },
    );
    return {
      endpoint,
      chatModel: "qwen2.5-coder-1.5b",
      embeddingModel: "local-embed",
      moderationModel: "local-moderation",
      transcriptionModel: "local-whisper",
      rerankModel: "local-rerank",
      visionModel: "local-vision",
      unknownModel: "not-there",
      close: async () => {},
    };
  },
  patience,
);

describe("one gateway", () => {
  let external: FakeOpenAiServer;
  let gateway: ModelGateway;
  const records: ModelCallRecord[] = [];
  const options = () => ({
    signal: new AbortController().signal,
    onCall: (record: ModelCallRecord) => records.push(record),
  });

  beforeAll(async () => {
    external = await startFakeOpenAiServer({ apiKey: "external-key" });
    const baseUrl = `${embedded.url}/v1`;
    const free = { inputMicroUsdPerM: 0, outputMicroUsdPerM: 0 };
    const models = [
      { name: "qwen2.5-coder-1.5b", chat: true, embedding: false, jsonSchema: true, ...free },
      { name: "local-embed", chat: false, embedding: true, ...free },
    ];
    gateway = createOpenAiGateway({
      endpoints: [
        { slug: "local", apiKey: key, replicas: [{ baseUrl }], models, timeoutMs: patience },
        { slug: "same-by-hand", apiKey: key, replicas: [{ baseUrl }], models, timeoutMs: patience },
        {
          slug: "external",
          apiKey: "external-key",
          replicas: [{ baseUrl: external.baseUrl }],
          models: [
            { name: "echo", chat: true, embedding: false, inputMicroUsdPerM: 1_000_000, outputMicroUsdPerM: 0 },
            { name: "fake-embedding", chat: false, embedding: true, ...free },
          ],
        },
      ],
      defaults: { chat: "local/qwen2.5-coder-1.5b", embedding: "local/local-embed" },
      clock: systemClock,
      random: Math.random,
      fetch: createUndiciFetch(),
    });
  }, patience);
  afterAll(() => external.close());

  it(
    "serves the embedded endpoint, the same one registered as an external one, and another server",
    async () => {
      for (const [reference, slug] of [
        ["default", "local"],
        ["same-by-hand/qwen2.5-coder-1.5b", "same-by-hand"],
        ["external/echo", "external"],
      ] as const) {
        const parts = await collect(
          gateway.chat(
            { model: reference, maxTokens: 4, seed: 1, messages: [{ role: "user", content: "Say hello." }] },
            options(),
          ),
        );
        expect(textOf(parts)).not.toBe("");
        expect(parts.at(-1)).toMatchObject({ type: "finish", model: expect.stringContaining(`${slug}/`) });
        expect(records.at(-1)).toMatchObject({ endpoint: slug, usage: expect.any(Object) });
        expect(records.at(-1)).not.toHaveProperty("error");
      }
      expect(records.map(({ costMicroUsd }) => costMicroUsd)).toEqual([0, 0, 3]);
    },
    patience,
  );

  it(
    "has the embedded model hold a schema by grammar",
    async () => {
      const responseSchema = {
        type: "object",
        properties: { mood: { enum: ["good", "bad"] } },
        required: ["mood"],
        additionalProperties: false,
      };
      const messages = [{ role: "user" as const, content: "I love this product. Is my mood good or bad?" }];
      const parts = await collect(
        gateway.chat({ model: "local/qwen2.5-coder-1.5b", maxTokens: 40, responseSchema, messages }, options()),
      );
      expect(["good", "bad"]).toContain(JSON.parse(textOf(parts)).mood);
    },
    patience,
  );

  it(
    "embeds on both",
    async () => {
      const input = ["I want my money back", "Give me a refund", "The weather is fine today"];
      const { vectors } = await gateway.embed({ model: "default", input }, options());
      const [back, refund, weather] = vectors;
      const dot = (a: readonly number[] = [], b: readonly number[] = []) =>
        a.reduce((sum, value, index) => sum + value * (b[index] ?? 0), 0);
      expect(dot(back, refund)).toBeGreaterThan(dot(back, weather));
      expect((await gateway.embed({ model: "external/fake-embedding", input }, options())).vectors).toHaveLength(3);
    },
    patience,
  );
});
