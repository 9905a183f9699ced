import fc from "fast-check";
import { expect, it } from "vitest";
import { addressOf, mendBaseUrl, splitBaseUrl } from "./base-url";

it.each([
  ["http://gpu:8000/v1", "http://gpu:8000/v1"],
  ["http://gpu:8000/v1///", "http://gpu:8000/v1"],
  ["http://gpu:8000/v1/chat/completions", "http://gpu:8000/v1"],
  ["http://gpu:8000/v1/chat/completions/", "http://gpu:8000/v1"],
  ["https://api.example/v1/Embeddings", "https://api.example/v1"],
  ["https://api.example/v1/models", "https://api.example/v1"],
  ["https://api.example/v1/responses", "https://api.example/v1"],
  [
    "https://x.openai.azure.com/openai/deployments/gpt/chat/completions?api-version=2024-10-21",
    "https://x.openai.azure.com/openai/deployments/gpt?api-version=2024-10-21",
  ],
  [
    "https://x.openai.azure.com/openai/deployments/gpt/?api-version=1",
    "https://x.openai.azure.com/openai/deployments/gpt?api-version=1",
  ],
  ["http://gpu/mymodels", "http://gpu/mymodels"],
])("%s is mended to %s", (typed, mended) => {
  expect(mendBaseUrl(typed)).toBe(mended);
  expect(mendBaseUrl(mended)).toBe(mended);
});

it("keeps the query after every path", () => {
  const { address, query } = splitBaseUrl("https://x/openai/deployments/gpt?api-version=1&a=b");
  expect(addressOf(`${address}/chat/completions`, query)).toBe(
    "https://x/openai/deployments/gpt/chat/completions?api-version=1&a=b",
  );
  expect(addressOf("https://x/models?after=m", "?a=b")).toBe("https://x/models?after=m");
});

it("is done in time that grows with the text", () => {
  fc.assert(
    fc.property(fc.constantFrom("/", "/models", "?", "a", "//?"), (part) => {
      const begun = performance.now();
      mendBaseUrl(part.repeat(100_000));
      expect(performance.now() - begun).toBeLessThan(200);
    }),
  );
});
