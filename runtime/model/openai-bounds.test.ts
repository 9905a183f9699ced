import { describe, expect, it } from "vitest";
import { collect } from "@/runtime/testing/endpoint-conformance";
import { systemClock } from "./clock";
import type { HttpFetch } from "./http-fetch";
import { createOpenAiEndpoint } from "./openai-endpoint";
import { answerBytes } from "./openai-transport";
import { maxReplyCharacters } from "./reply-reader";

const mebibyte = 1024 * 1024;
const open = () => ({ signal: new AbortController().signal });

/** A server that sends these chunks for ever, and counts how many were taken. */
const endless = (type: string, chunk: Buffer) => {
  const sent = { bytes: 0 };
  const fetch: HttpFetch = async () => ({
    status: 200,
    header: (name) => (name === "content-type" ? type : null),
    body: (async function* () {
      for (;;) {
        sent.bytes += chunk.byteLength;
        yield chunk;
      }
    })(),
  });
  const endpoint = createOpenAiEndpoint(
    { id: "e", name: "Endless", baseUrl: "http://127.0.0.1/v1", apiKey: null, timeoutMs: 60_000 },
    { fetch, clock: systemClock },
  );
  return { endpoint, sent };
};
const ask = { model: "m", messages: [{ role: "user" as const, content: "hello" }] };

describe("an endpoint that never ends", () => {
  it("is cut off in the middle of an answer that should be JSON", async () => {
    const { endpoint, sent } = endless("application/json", Buffer.alloc(mebibyte, " "));
    await expect(endpoint.embed({ model: "m", input: ["a"] }, open())).rejects.toMatchObject({
      code: "model-protocol",
    });
    await expect(endpoint.models(open())).rejects.toMatchObject({ code: "model-protocol" });
    expect(sent.bytes).toBeLessThan(2 * (answerBytes.json + 4 * mebibyte));
  });

  it("is cut off when its reply grows too long", async () => {
    const content = "x".repeat(100_000);
    const chunk = Buffer.from(`data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`);
    const { endpoint, sent } = endless("text/event-stream", chunk);
    await expect(collect(endpoint.chat(ask, open()))).rejects.toMatchObject({
      code: "model-protocol",
      message: expect.stringContaining("endless"),
    });
    expect(sent.bytes).toBeLessThan(maxReplyCharacters + mebibyte);
  });

  it("is cut off when it only thinks, and says nothing", async () => {
    const thought = { choices: [{ delta: { reasoning_content: "x".repeat(mebibyte) } }] };
    const { endpoint, sent } = endless("text/event-stream", Buffer.from(`data: ${JSON.stringify(thought)}\n\n`));
    await expect(collect(endpoint.chat(ask, open()))).rejects.toMatchObject({ code: "model-protocol" });
    expect(sent.bytes).toBeLessThan(answerBytes.stream + 4 * mebibyte);
  });

  it("is cut off when its error has no end", async () => {
    const fetch: HttpFetch = async () => ({
      status: 500,
      header: () => "application/json",
      body: (async function* () {
        for (;;) yield Buffer.alloc(mebibyte, "x");
      })(),
    });
    const endpoint = createOpenAiEndpoint(
      { id: "e", name: "Endless", baseUrl: "http://127.0.0.1/v1", apiKey: null, timeoutMs: 60_000 },
      { fetch, clock: systemClock },
    );
    await expect(collect(endpoint.chat(ask, open()))).rejects.toMatchObject({ code: "model-unavailable" });
  });
});
