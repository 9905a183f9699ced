import { describe, expect, it } from "vitest";
import type { HttpFetch, HttpRequest } from "@/runtime/model/http-fetch";
import { readEmbeddedStatus } from "./embedded-status";

const address = { baseUrl: "http://127.0.0.1:1/v1", apiKey: "k" };
const both = (text: string) => ({ en: text, zh: text });
const health = {
  status: "ok",
  memory: { residentBytes: 900_000_000, processes: [] },
  idleMinutes: 15,
  models: [
    { id: "tiny-local", title: both("Tiny"), state: "loaded", memoryBytes: 400_000_000, contextSize: 2048 },
    { id: "local-embed", title: both("Embeddings"), state: "loaded", memoryBytes: 0 },
    { id: "local-embed-en", title: both("English"), state: "loaded", memoryBytes: 30_000_000 },
    { id: "local-embed-zh", title: both("Chinese"), state: "unloaded", memoryBytes: 0 },
    { id: "local-whisper", title: both("Whisper"), state: "missing", command: "node fetch.mjs local-whisper" },
  ],
};

const read = async (body: string, status = 200) => {
  const asked: [string, HttpRequest][] = [];
  const fetch: HttpFetch = async (url, request) => {
    asked.push([url, request]);
    return {
      status,
      header: () => "application/json",
      body: (async function* () {
        yield Buffer.from(body);
      })(),
    };
  };
  return { found: await readEmbeddedStatus(address, fetch, new AbortController().signal), asked };
};

describe("what the embedded endpoint says of itself", () => {
  it("is asked beside its API, with its key", async () => {
    const { asked } = await read(JSON.stringify(health));
    expect(asked).toMatchObject([["http://127.0.0.1:1/health", { headers: { authorization: "Bearer k" } }]]);
  });

  it("names each model's state and memory; parts that hold nothing are left out", async () => {
    const { found } = await read(JSON.stringify(health));
    expect(found).toMatchObject({ memoryBytes: 900_000_000, idleMinutes: 15 });
    expect(found?.models.map(({ name, state, command }) => [name, state, command])).toEqual([
      ["tiny-local", "loaded", null],
      ["local-embed", "loaded", null],
      ["local-embed-en", "loaded", null],
      ["local-whisper", "missing", "node fetch.mjs local-whisper"],
    ]);
  });

  it("says how far a model is that is being fetched, and what more there is", async () => {
    const fetching = { bytesDone: 300, bytesTotal: 1000 };
    const models = [
      { id: "big", title: both("Big"), licence: "MIT", state: "missing", command: "fetch big", fetching },
    ];
    const offers = [
      { id: "more", title: both("More"), command: "fetch more", bytes: 5, licence: null, failure: "no route" },
    ];
    const { found } = await read(JSON.stringify({ ...health, models, offers }));
    expect(found?.models).toMatchObject([{ name: "big", licence: "MIT", fetching, failure: null }]);
    expect(found?.offers).toMatchObject([
      { name: "more", licence: null, bytes: 5, fetching: null, failure: "no route" },
    ]);
    expect((await read(JSON.stringify(health))).found?.offers).toEqual([]);
  });

  it.each([
    ["no JSON", "<html>", 200],
    ["another form", '{"status":"ok"}', 200],
    ["a refusal", JSON.stringify(health), 401],
    ["more than it may hold", JSON.stringify({ ...health, more: "x".repeat(300_000) }), 200],
  ])("is nothing where it says %s", async (_, body, status) => {
    expect((await read(body, status)).found).toBeNull();
  });

  it("is nothing where nobody answers", async () => {
    const refuse: HttpFetch = () => Promise.reject(new Error("ECONNREFUSED"));
    expect(await readEmbeddedStatus(address, refuse, new AbortController().signal)).toBeNull();
  });
});
