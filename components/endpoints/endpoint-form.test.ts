import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createEndpointInput, updateEndpointInput } from "@/server/domain/endpoint/endpoint.types";
import {
  createInput,
  emptyModel,
  endpointFields,
  goesToNewPlace,
  isWebAddress,
  newEndpointFields,
  readObject,
  slugOf,
  slugPattern,
  updateInput,
} from "./endpoint-form";
import { presets } from "./presets";

const filled = {
  ...newEndpointFields,
  name: " GPU box ",
  slug: "gpu-box",
  replicas: [{ baseUrl: " http://10.0.0.5:8000/v1 ", weight: "" }],
  models: [{ ...emptyModel("Qwen/Qwen3-8B"), inputUsdPerM: "0.4", contextTokens: " " }],
};

describe("the endpoint form", () => {
  test("becomes what the server takes, unknown figures as null", () => {
    const parsed = createEndpointInput.parse(createInput(filled));
    expect(parsed).toMatchObject({
      name: "GPU box",
      replicas: [{ baseUrl: "http://10.0.0.5:8000/v1", weight: 1 }],
      timeoutMs: 120_000,
      models: [{ name: "Qwen/Qwen3-8B", inputUsdPerM: 0.4, outputUsdPerM: null, contextTokens: null }],
    });
  });

  test("names the key only where it changes", () => {
    expect(createInput(filled)).not.toHaveProperty("apiKey");
    expect(updateInput("e1", filled, none)).not.toHaveProperty("apiKey");
    expect(updateInput("e1", { ...filled, removeKey: true }, none)).toHaveProperty("apiKey", null);
    expect(updateInput("e1", { ...filled, removeKey: true, apiKey: " sk-1 " }, none)).toHaveProperty("apiKey", "sk-1");
    expect(() => updateEndpointInput.parse(updateInput("e1", filled, none))).not.toThrow();
  });

  test("of a stored endpoint, sent back untouched, changes nothing", () => {
    const stored = {
      id: "e1",
      name: "GPU",
      slug: "gpu",
      embedded: false,
      enabled: true,
      hasApiKey: true,
      maxConcurrency: 4,
      timeoutMs: 30_500,
      queued: 0,
      updatedAt: new Date(0),
      replicas: [
        {
          id: "r1",
          baseUrl: "http://gpu:8000/v1",
          weight: 3,
          inFlight: 0,
          health: { state: "up" as const, latencyMs: 4, checkedAt: null, error: null, history: [] },
        },
      ],
      troubles: [],
      learnings: [],
      keyHeader: "api-key" as const,
      headers: ["X-Team"],
      caCertificate: null,
      proxy: "http://•••@proxy:3128",
      extraFields: { top_k: 20 },
      models: [
        {
          name: "m",
          chat: true,
          embedding: false,
          jsonSchema: true,
          vision: false,
          moderation: false,
          transcription: false,
          picture: false,
          speech: false,
          rerank: false,
          maxConcurrency: 2,
          contextTokens: 32_768,
          inputUsdPerM: 0,
          outputUsdPerM: null,
          cachedInputUsdPerM: 0.5,
        },
      ],
    };
    expect(updateInput("e1", endpointFields(stored), stored)).toEqual({
      id: "e1",
      name: "GPU",
      slug: "gpu",
      maxConcurrency: 4,
      timeoutMs: 30_500,
      replicas: [{ baseUrl: "http://gpu:8000/v1", weight: 3 }],
      models: stored.models,
      keyHeader: "api-key",
      headers: [{ name: "X-Team", value: null }],
      extraFields: { top_k: 20 },
    });
  });
});

test.each([
  ["", {}],
  [" {} ", {}],
  ['{"top_k": 20}', { top_k: 20 }],
  ["[1]", null],
  ["null", null],
  ['"text"', null],
  ["{", null],
])("further request fields typed as %j are %j", (text, value) => {
  expect(readObject(text)).toEqual(value);
});

const none = { caCertificate: null, proxy: null };

describe("slugOf", () => {
  test.each([
    ["GPU box #2", "gpu-box-2"],
    ["Qwen – Hangzhou", "qwen-hangzhou"],
    ["Modèles", "modeles"],
    ["我的模型", ""],
  ])("%s gives %s", (name, slug) => {
    expect(slugOf(name)).toBe(slug);
  });

  test("is empty or a slug, whatever the name", () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 200 }), (name) => {
        const slug = slugOf(name);
        expect(slug === "" || slugPattern.test(slug)).toBe(true);
      }),
    );
  });
});

test("a stored key is asked for again only when an address is at another origin", () => {
  const at = (...urls: string[]) => ({ replicas: urls.map((baseUrl) => ({ baseUrl, weight: "1" })) });
  const stored = ["https://api.example/v1"];
  expect(goesToNewPlace(at("https://api.example/v2"), stored)).toBe(false);
  expect(goesToNewPlace(at("https://api.example/v1", "https://other.example/v1"), stored)).toBe(true);
  expect(goesToNewPlace(at("http://api.example/v1"), stored)).toBe(true);
});

test("isWebAddress takes http and https only", () => {
  const urls = ["http://a:1/v1", " https://a.b ", "file:///etc/passwd", "localhost:8000", ""];
  expect(urls.filter(isWebAddress)).toEqual(["http://a:1/v1", " https://a.b "]);
});

test("every preset is an endpoint the server would take", () => {
  for (const { name, slug, baseUrl } of presets) {
    const fields = { ...newEndpointFields, name, slug, replicas: [{ baseUrl, weight: "1" }] };
    expect(createEndpointInput.safeParse(createInput(fields)).success).toBe(true);
  }
});
