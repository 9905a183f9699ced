import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { FileReference } from "@/runtime/node/file-reference";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { systemClock } from "./clock";
import type { CallOptions, Endpoint } from "./endpoint";
import { createOpenAiEndpoint, type OpenAiEndpointConfig } from "./openai-endpoint";
import { maxAudioBytes } from "./openai-transcriptions";
import { imageLimits } from "./read-files";
import { createUndiciFetch } from "./undici-fetch";
import { callWhole, type WholeOperation } from "./whole-calls";

const canary = "sk-canary-51e0c7aa";
const fetch = createUndiciFetch();

const fileOf = (name: string, mediaType: string, size: number): FileReference => ({
  fileId: `file_${name.replaceAll(/[^a-z0-9]/gi, "_").padEnd(16, "_")}`,
  name,
  mediaType,
  size,
});
const silence = Buffer.alloc(44 + 200);
const speech = Buffer.concat([Buffer.alloc(44), Buffer.from("speech")]);
const contents: Readonly<Record<string, Buffer>> = {
  "silence.wav": silence,
  "speech.wav": speech,
  "red.png": Buffer.from("red pixels"),
  "blue.jpg": Buffer.from("blue"),
  "empty.png": Buffer.alloc(0),
};
const speechFile = fileOf("speech.wav", "audio/wav", speech.byteLength);
const redFile = fileOf("red.png", "image/png", 10);

/** Options that can read the files above, and what was read. */
const reading = (more: Partial<CallOptions> = {}) => {
  const read: string[] = [];
  const options: CallOptions = {
    signal: new AbortController().signal,
    readFile: async ({ name }) => {
      read.push(name);
      const bytes = contents[name];
      if (bytes === undefined) throw new NodeFailure("file-missing", `The file "${name}" is gone.`);
      return bytes;
    },
    ...more,
  };
  return { options, read };
};

const failureOf = async (promise: Promise<unknown>): Promise<NodeFailure> => {
  const error = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (!(error instanceof NodeFailure)) throw new Error(`expected a NodeFailure, got ${String(error)}`);
  return error;
};

describe("the operations beside chat, over the OpenAI protocol", () => {
  let server: FakeOpenAiServer;
  beforeAll(async () => {
    server = await startFakeOpenAiServer();
  });
  afterAll(() => server.close());

  const endpoint = (config: Partial<OpenAiEndpointConfig> = {}) =>
    createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 10_000, ...config },
      { fetch, clock: systemClock },
    );
  const last = () => server.requests.at(-1);
  const lastBody = () => last()?.body as Record<string, unknown>;

  const requests: { readonly [Operation in WholeOperation]: (model: string) => Parameters<Endpoint[Operation]>[0] } = {
    embed: (model) => ({ model, input: ["a"] }),
    moderate: (model) => ({ model, input: ["a"] }),
    transcribe: (model) => ({ model, audio: speechFile }),
    rerank: (model) => ({ model, query: "a", documents: ["a", "b"] }),
    draw: (model) => ({ model, prompt: "a", count: 1 }),
    speak: (model) => ({ model, text: "a", voice: "alloy", format: "mp3" }),
  };
  const call = (operation: WholeOperation, model: string, one: Endpoint = endpoint(), options = reading().options) =>
    callWhole(one, operation, requests[operation](model), options);

  describe.each(["moderate", "transcribe", "rerank", "draw"] as const)("%s", (operation) => {
    it.each([
      ["error-400", "model-rejected", "400"],
      ["error-401", "model-unauthorized", "needs an API key"],
      ["error-402", "budget-exceeded", "no credit left"],
      ["error-403", "model-unauthorized", "403"],
      ["error-404", "model-unknown", '"error-404"'],
      ["error-429", "model-rate-limited", "429"],
      ["error-500", "model-unavailable", "500"],
      ["html", "model-protocol", "web page"],
      ["html-502", "model-unavailable", "502"],
      ["redirect", "model-protocol", "redirect"],
      ["not-json", "model-protocol", "not JSON"],
      ["half", "model-unavailable", "broke off"],
      ["short", "model-protocol", "sent"],
    ])("takes %s for %s", async (model, code, says) => {
      const failure = await failureOf(call(operation, model));
      expect(failure).toMatchObject({ code, message: expect.stringContaining(says) });
    });

    it("gives up on a server that never answers, and one that its caller has left", async () => {
      const failure = await failureOf(call(operation, "never", endpoint({ timeoutMs: 30 })));
      expect(failure).toMatchObject({ code: "model-timeout" });
      const aborted = reading({ signal: AbortSignal.abort() }).options;
      expect(await failureOf(call(operation, "fake", endpoint(), aborted))).toMatchObject({ code: "aborted" });
      const controller = new AbortController();
      const asked = server.requests.length;
      const left = failureOf(call(operation, "never", endpoint(), reading({ signal: controller.signal }).options));
      await server.received(asked + 1);
      controller.abort();
      expect(await left).toMatchObject({ code: "aborted" });
    });

    it("sends the key to the server and shows it to nobody", async () => {
      const failure = await failureOf(call(operation, "error-401", endpoint({ apiKey: canary })));
      expect(last()?.headers.authorization).toBe(`Bearer ${canary}`);
      expect(JSON.stringify([failure.message, failure.options])).not.toContain(canary);
    });

    it("says that a server has no such API", async () => {
      const failure = await failureOf(call(operation, "fake", endpoint({ baseUrl: `${server.origin}/elsewhere` })));
      expect(failure).toMatchObject({ code: "model-protocol", message: expect.stringContaining("404") });
    });
  });

  describe("moderating", () => {
    it("gives a result a text, in order, over more than one request", async () => {
      const input = Array.from({ length: 70 }, (_, index) => (index === 40 ? "You idiot." : `text ${index}`));
      const before = server.requests.length;
      const { results, usage } = await endpoint().moderate({ model: "fake-moderation", input }, reading().options);
      expect(results).toHaveLength(70);
      expect(results.findIndex(({ flagged }) => flagged)).toBe(40);
      expect(results[40]?.scores).toEqual({ harassment: 0.97, violence: 0.002 });
      expect(server.requests.length - before).toBe(3);
      expect(usage?.inputTokens).toBeGreaterThan(70);
    });

    it("takes no score that is none", async () => {
      expect(await failureOf(call("moderate", "nonsense"))).toMatchObject({ code: "model-protocol" });
    });

    it("learns how many texts a server takes", async () => {
      const input = Array.from({ length: 25 }, (_, index) => `text ${index}`);
      const { results } = await endpoint().moderate({ model: "small-batch-10", input }, reading().options);
      expect(results).toHaveLength(25);
    });
  });

  describe("transcribing", () => {
    it("sends the bytes with the settings, and reads text, times and language", async () => {
      const { options, read } = reading();
      const reply = await endpoint().transcribe(
        { model: "fake-whisper", audio: { ...speechFile, name: "speech.wav" }, language: "en", prompt: "Pipewright" },
        options,
      );
      expect(reply).toEqual({
        text: "Hello there.",
        language: "en",
        durationSeconds: 2,
        segments: [{ start: 0, end: 1.5, text: "Hello there." }],
        costMicroUsd: null,
      });
      expect(read).toEqual(["speech.wav"]);
      expect(lastBody()).toMatchObject({
        model: "fake-whisper",
        language: "en",
        prompt: "Pipewright",
        response_format: "verbose_json",
        file: { name: "audio.wav", type: "audio/wav", bytes: speech },
      });
    });

    it("takes silence for what it is", async () => {
      const audio = fileOf("silence.wav", "audio/wav", silence.byteLength);
      expect(await endpoint().transcribe({ model: "fake-whisper", audio }, reading().options)).toMatchObject({
        text: "",
        segments: [],
      });
    });

    it("asks for plain text where a model gives nothing else, and remembers it", async () => {
      const one = endpoint();
      expect(await call("transcribe", "no-verbose-json", one)).toEqual({
        text: "Hello there.",
        language: null,
        durationSeconds: null,
        segments: [],
        costMicroUsd: null,
      });
      const before = server.requests.length;
      await call("transcribe", "no-verbose-json", one);
      expect(server.requests.length - before).toBe(1);
    });

    it("leaves out times that cannot be", async () => {
      expect(await call("transcribe", "nonsense")).toMatchObject({ text: "Hello there.", segments: [] });
    });

    it("refuses what is too large before it is read, what grew since, and what is gone", async () => {
      const { options, read } = reading();
      const large = fileOf("speech.wav", "audio/wav", maxAudioBytes + 1);
      expect(await failureOf(endpoint().transcribe({ model: "fake", audio: large }, options))).toMatchObject({
        code: "file-invalid",
        message: expect.stringContaining("100 MB"),
      });
      expect(read).toEqual([]);
      const grown = { ...options, readFile: async () => new Uint8Array(maxAudioBytes + 1) };
      expect(await failureOf(call("transcribe", "fake", endpoint(), grown))).toMatchObject({ code: "file-invalid" });
      const gone = fileOf("gone.wav", "audio/wav", 1);
      expect(await failureOf(endpoint().transcribe({ model: "fake", audio: gone }, options))).toMatchObject({
        code: "file-missing",
      });
      const { signal } = options;
      expect(await failureOf(endpoint().transcribe({ model: "fake", audio: speechFile }, { signal }))).toMatchObject({
        code: "file-missing",
      });
    });
  });

  describe("reranking", () => {
    const documents = ["Bread is baked.", "The capital of France is Paris.", "France is in Europe."];
    const query = "capital of France";

    it("puts the best first", async () => {
      const reply = await endpoint().rerank({ model: "fake-reranker", query, documents, topN: 2 }, reading().options);
      expect(reply.results).toEqual([
        { index: 1, score: 1 },
        { index: 2, score: expect.closeTo(1 / 3) },
      ]);
      expect(lastBody()).toMatchObject({ query, documents, top_n: 2 });
      expect(reply.usage?.inputTokens).toBeGreaterThan(10);
    });

    it("speaks to text-embeddings-inference in its own words, and remembers them", async () => {
      const one = endpoint();
      const ask = () => one.rerank({ model: "tei", query, documents, topN: 1 }, reading().options);
      expect((await ask()).results).toEqual([{ index: 1, score: 1 }]);
      expect(last()?.path).toBe("/rerank");
      expect(lastBody()).toMatchObject({ query, texts: documents });
      const before = server.requests.length;
      expect((await ask()).usage).toBeNull();
      expect(server.requests.length - before).toBe(1);
    });

    it("scores a long list in parts where a server takes few, and ranks the whole", async () => {
      const many = Array.from({ length: 45 }, (_, index) => (index === 37 ? "capital of France" : `paper ${index}`));
      const request = { model: "small-batch-32", query, documents: many, topN: 3 };
      const { results } = await endpoint().rerank(request, reading().options);
      expect(results).toHaveLength(3);
      expect(results[0]).toEqual({ index: 37, score: 1 });
    });

    it("refuses a rank of a document that was not sent", async () => {
      expect(await failureOf(call("rerank", "nonsense"))).toMatchObject({ code: "model-protocol" });
    });
  });

  describe("showing pictures in a chat", () => {
    const look = (images: readonly FileReference[], options = reading().options, content = "What is this?") =>
      collect(endpoint().chat({ model: "echo", messages: [{ role: "user", content, images: [...images] }] }, options));

    it("puts them before the words, as data URLs", async () => {
      const blue = fileOf("blue.jpg", "image/jpeg", 4);
      expect(textOf(await look([redFile, blue]))).toBe("[image/png of 10 bytes] [image/jpeg of 4 bytes] What is this?");
      expect(lastBody().messages).toEqual([
        {
          role: "user",
          content: [
            {
              type: "image_url",
              image_url: { url: `data:image/png;base64,${Buffer.from("red pixels").toString("base64")}` },
            },
            {
              type: "image_url",
              image_url: { url: `data:image/jpeg;base64,${Buffer.from("blue").toString("base64")}` },
            },
            { type: "text", text: "What is this?" },
          ],
        },
      ]);
    });

    it("reads a picture once, however often it is shown", async () => {
      const { options, read } = reading();
      await look([redFile, redFile, redFile], options);
      expect(read).toEqual(["red.png"]);
    });

    it("sends messages without pictures as they were", async () => {
      await look([]);
      expect(lastBody().messages).toEqual([{ role: "user", content: "What is this?" }]);
    });

    it.each([
      ["too many", Array.from({ length: imageLimits.images + 1 }, () => redFile), "17 pictures"],
      ["too large a one", [fileOf("red.png", "image/png", imageLimits.bytesEach + 1)], "20 MB"],
      ["a vector drawing", [fileOf("drawing.svg", "image/svg+xml", 10)], "image/svg+xml"],
      ["a HEIC", [fileOf("photo.heic", "image/heic", 10)], "image/heic"],
      ["an empty one", [fileOf("empty.png", "image/png", 0)], "empty"],
    ])("refuses %s without asking the server", async (_, images, says) => {
      const before = server.requests.length;
      expect(await failureOf(look(images))).toMatchObject({
        code: "file-invalid",
        message: expect.stringContaining(says),
      });
      expect(server.requests.length).toBe(before);
    });

    it("refuses pictures that are too much together", async () => {
      const each = new Uint8Array(imageLimits.bytesEach);
      const { options } = reading({ readFile: async () => each });
      const images = ["a", "b", "c"].map((name) => fileOf(`${name}.png`, "image/png", each.byteLength));
      expect(await failureOf(look(images, options))).toMatchObject({ message: expect.stringContaining("50 MB") });
    });

    it("says that a picture is gone", async () => {
      expect(await failureOf(look([fileOf("lost.png", "image/png", 3)]))).toMatchObject({ code: "file-missing" });
    });
  });
});
