import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect, describeEndpoint, textOf } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { type Clock, systemClock } from "./clock";
import { createOpenAiEndpoint, type OpenAiEndpointConfig } from "./openai-endpoint";
import { createUndiciFetch } from "./undici-fetch";

const canary = "sk-canary-7f3a9b1c5d";
const fetch = createUndiciFetch();
const open = () => ({ signal: new AbortController().signal });

describeEndpoint("an OpenAI-compatible server", async () => {
  const server = await startFakeOpenAiServer();
  return {
    endpoint: createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 10_000 },
      { fetch, clock: systemClock },
    ),
    chatModel: "fake-0-0-20",
    embeddingModel: "fake-embedding",
    moderationModel: "fake-moderation",
    transcriptionModel: "fake-whisper",
    rerankModel: "fake-reranker",
    pictureModel: "fake-image",
    speechModel: "fake-tts",
    visionModel: "fake-vision",
    unknownModel: "error-404",
    close: server.close,
  };
});

describe("an endpoint that speaks the OpenAI protocol", () => {
  let server: FakeOpenAiServer;
  beforeAll(async () => {
    server = await startFakeOpenAiServer();
  });
  afterAll(() => server.close());

  const endpoint = (config: Partial<OpenAiEndpointConfig> = {}, clock: Clock = systemClock) =>
    createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 10_000, ...config },
      { fetch, clock },
    );
  const ask = (model: string, more: Partial<ChatRequest> = {}): ChatRequest => ({
    model,
    messages: [{ role: "user", content: "one two three" }],
    ...more,
  });
  const chat = (model: string, more: Partial<ChatRequest> = {}, config: Partial<OpenAiEndpointConfig> = {}) =>
    collect(endpoint(config).chat(ask(model, more), open()));
  const failureOf = async (promise: Promise<unknown>): Promise<NodeFailure> => {
    const error = await promise.then(
      () => null,
      (reason: unknown) => reason,
    );
    if (!(error instanceof NodeFailure)) throw new Error(`expected a NodeFailure, got ${String(error)}`);
    return error;
  };
  const lastBody = () => server.requests.at(-1)?.body as Record<string, unknown>;

  it("gives usage from the chunk after the finish", async () => {
    const parts = await chat("echo");
    expect(textOf(parts)).toBe("one two three");
    expect(parts.at(-1)).toEqual({
      type: "finish",
      reason: "stop",
      outcome: null,
      usage: { inputTokens: 4, outputTokens: 3 },
      costMicroUsd: null,
      model: "echo",
    });
  });

  describe("asked for a whole reply", () => {
    const whole = () => ({ ...open(), whole: true });

    it("does not stream, and says the same", async () => {
      const parts = await collect(endpoint().chat(ask("echo"), whole()));
      expect(parts).toEqual([{ type: "text-delta", delta: "one two three" }, { ...(await chat("echo")).at(-1) }]);
      const asked = server.requests.at(-2)?.body;
      expect(asked).toMatchObject({ stream: false });
      expect(asked).not.toHaveProperty("stream_options");
    });

    it("takes a stream from a server that does nothing else", async () => {
      const pieces = [
        { choices: [{ index: 0, delta: { content: "one " }, finish_reason: null }] },
        { choices: [{ index: 0, delta: { content: "two" }, finish_reason: "stop" }] },
      ];
      const text = `${pieces.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join("")}data: [DONE]\n\n`;
      const streams = createOpenAiEndpoint(
        { id: "streams", name: "Streams", baseUrl: "http://streams.invalid/v1", apiKey: null, timeoutMs: 10_000 },
        {
          clock: systemClock,
          fetch: async () => ({
            status: 200,
            header: (name) => (name === "content-type" ? "text/event-stream" : null),
            body: (async function* () {
              yield Buffer.from(text);
            })(),
          }),
        },
      );
      const parts = await collect(streams.chat(ask("any"), whole()));
      expect(textOf(parts)).toBe("one two");
      expect(parts.at(-1)).toMatchObject({ type: "finish", reason: "stop" });
    });

    it("waits longer than for the next piece of a stream, but not for ever", async () => {
      const clock = new ManualClock();
      const before = server.requests.length;
      const failure = failureOf(collect(endpoint({ timeoutMs: 1_000 }, clock).chat(ask("never"), whole())));
      await server.received(before + 1);
      clock.advance(2_999);
      expect(clock.pending).toBe(1);
      clock.advance(1);
      expect(await failure).toMatchObject({ code: "model-timeout", message: expect.stringContaining("3 s") });
    });

    it.each([
      "echo",
      "no-stream",
      "no-usage",
      "reasoning",
      "error-404",
      "error-429-3",
      "error-500",
      "html",
      "redirect",
      "not-json",
      "half-3",
      "cut-2",
      "broken-json-1",
      "no-max-tokens",
      "no-seed",
    ])("completes as it chats with %s", async (model) => {
      const settled = async (parts: Promise<readonly ChatPart[]>) =>
        parts.catch((error: NodeFailure) => ({ ...error }));
      const completed = endpoint()
        .complete(ask(model), whole())
        .then(({ parts }) => parts);
      expect(await settled(completed)).toEqual(await settled(collect(endpoint().chat(ask(model), whole()))));
    });

    it("keeps what was said before a stream broke, with the failure behind it", async () => {
      const breaking = createOpenAiEndpoint(
        {
          id: "breaks",
          name: "Breaks",
          baseUrl: "http://breaks.invalid/v1",
          apiKey: "sk-0123456789",
          timeoutMs: 10_000,
          learnings: { any: { dialect: { stream: "only" }, said: {} } },
        },
        {
          clock: systemClock,
          fetch: async () => ({
            status: 200,
            header: (name) => (name === "content-type" ? "text/event-stream" : null),
            body: (async function* () {
              yield Buffer.from(`data: {"choices":[{"index":0,"delta":{"content":"one sk-0123456789 two"}}]}\n\n`);
              yield Buffer.from("data: {broken\n\n");
            })(),
          }),
        },
      );
      const { parts, failure } = await breaking.complete(ask("any"), whole());
      expect(textOf(parts)).toBe("one [API key] two");
      expect(failure).toMatchObject({ code: "model-protocol", message: expect.stringContaining("This came after") });
    });

    it("hides the key, also where the reply comes in one piece", async () => {
      const key = "sk-0123456789";
      const { parts } = await endpoint({ apiKey: key }).complete(
        ask("echo", { messages: [{ role: "user", content: `my ${key} is` }] }),
        whole(),
      );
      expect(textOf(parts)).toBe("my [API key] is");
    });

    it("passes on what the server refuses", async () => {
      expect(await failureOf(collect(endpoint().chat(ask("error-404"), whole())))).toMatchObject({
        code: (await failureOf(chat("error-404"))).code,
      });
    });
  });

  it("gives null for usage that the server did not send", async () => {
    expect((await chat("no-usage")).at(-1)).toMatchObject({ type: "finish", reason: "stop", usage: null });
  });

  it("leaves a model's thoughts out of its answer", async () => {
    expect(textOf(await chat("reasoning"))).toBe("t0 t1 t2 t3 t4 ");
  });

  it("reads the whole reply of a server that does not stream", async () => {
    const parts = await chat("no-stream");
    expect(textOf(parts)).toBe("t0 t1 t2 t3 t4 ");
    expect(parts.at(-1)).toMatchObject({ reason: "stop", usage: { inputTokens: 4, outputTokens: 5 } });
  });

  it("sends every setting under OpenAI's name", async () => {
    await chat("echo", { temperature: 0.2, topP: 0.9, maxTokens: 7, stop: ["\n"], seed: 3 });
    expect(lastBody()).toEqual({
      model: "echo",
      messages: [{ role: "user", content: "one two three" }],
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0.2,
      top_p: 0.9,
      max_tokens: 7,
      stop: ["\n"],
      seed: 3,
    });
  });

  it("leaves settings out that were not made", async () => {
    await chat("echo", { stop: [] });
    expect(Object.keys(lastBody()).sort()).toEqual(["messages", "model", "stream", "stream_options"]);
  });

  it("sends no header but its own, whatever OPENAI_ variables say", async () => {
    process.env.OPENAI_ORG_ID = "org-of-somebody";
    process.env.OPENAI_CUSTOM_HEADERS = "x-secret: of-somebody";
    try {
      await chat("echo", {}, { apiKey: canary });
    } finally {
      process.env.OPENAI_ORG_ID = undefined;
      delete process.env.OPENAI_ORG_ID;
      delete process.env.OPENAI_CUSTOM_HEADERS;
    }
    const headers = server.requests.at(-1)?.headers ?? {};
    expect(headers.authorization).toBe(`Bearer ${canary}`);
    expect(Object.keys(headers).sort()).toEqual([
      "accept",
      "authorization",
      "connection",
      "content-length",
      "content-type",
      "host",
      "user-agent",
    ]);
  });

  it("says nothing of a key that the server says again, word by word or in a refusal", async () => {
    const pieces = [canary.slice(0, 3), canary.slice(3, 9), `${canary.slice(9)} `, "is the key, s", "o it says"];
    const events = pieces.map((content) => ({ choices: [{ delta: { content } }] }));
    const body = [...events, { choices: [{ delta: {}, finish_reason: "stop" }] }];
    const text = `${body.map((piece) => `data: ${JSON.stringify(piece)}\n\n`).join("")}data: [DONE]\n\n`;
    const gossip = createOpenAiEndpoint(
      { id: "gossip", name: "Gossip", baseUrl: "http://gossip.invalid/v1", apiKey: canary, timeoutMs: 10_000 },
      {
        clock: systemClock,
        fetch: async () => ({
          status: 200,
          header: (name) => (name === "content-type" ? "text/event-stream" : null),
          body: (async function* () {
            yield Buffer.from(text);
          })(),
        }),
      },
    );
    const parts = await collect(gossip.chat(ask("any"), open()));
    const said = parts.flatMap((part) => (part.type === "text-delta" ? [part.delta] : [])).join("");
    expect(said).toBe("[API key] is the key, so it says");
  });

  it("sends no authorization without a key", async () => {
    await chat("echo");
    expect(server.requests.at(-1)?.headers.authorization).toBeUndefined();
  });

  describe("with a schema for the reply", () => {
    const schema = {
      type: "object",
      properties: { answer: { type: "string" } },
      required: ["answer"],
      additionalProperties: false,
    };

    const told = () => JSON.stringify(lastBody().messages);

    it("asks for it by grammar, and tells of it: in short where the model is known to hold it", async () => {
      await chat("json", { responseSchema: schema });
      expect(lastBody().response_format).toEqual({
        type: "json_schema",
        json_schema: { name: "reply", schema, strict: true },
      });
      expect(told()).toContain("JSON Schema");

      await chat("json", { responseSchema: schema }, { schemaModels: ["json"] });
      expect((lastBody().messages as readonly unknown[])[0]).toEqual({
        role: "system",
        content: 'Reply with JSON of this type, and with nothing else: {"answer": string}',
      });
    });

    it("leaves a prompt as it is that names the fields itself", async () => {
      const messages = [{ role: "user" as const, content: 'Reply with {"answer": "<your answer>"}: one two three' }];
      await chat("json", { responseSchema: schema, messages }, { schemaModels: ["json"] });
      expect(lastBody().messages).toEqual(messages);
    });

    it("says what no grammar holds even there: what a field means, and what stands for nothing", async () => {
      const messages = [{ role: "user" as const, content: 'Reply with {"answer": "<your answer>"}: one two three' }];
      const answer = { type: ["string", "null"], description: "date as YYYY-MM-DD" };
      await chat(
        "json",
        { responseSchema: { ...schema, properties: { answer } }, messages },
        { schemaModels: ["json"] },
      );
      expect(told()).toContain("date as YYYY-MM-DD");
      expect(told()).toContain("What is not given is null.");

      const named = { ...schema, properties: { description: { type: "string" } }, required: ["description"] };
      const about = [{ role: "user" as const, content: 'The "description" of it' }];
      await chat("json", { responseSchema: named, messages: about }, { schemaModels: ["json"] });
      expect(lastBody().messages).toEqual(about);
    });

    it("tells the whole schema where it says more than an outline can", async () => {
      const free = { type: "object", properties: { answer: {} } };
      await chat("json", { responseSchema: free }, { schemaModels: ["json"] });
      expect(told()).toContain("JSON Schema");
    });

    it("is not called strict where OpenAI would refuse it as strict", async () => {
      await chat("json", { responseSchema: { type: "object", properties: { a: { type: "string" } } } });
      expect(lastBody().response_format).toMatchObject({ json_schema: { strict: false } });
    });

    it.each([
      ["no-json-schema", "json_object"],
      ["no-response-format", undefined],
    ])("falls back at the server %s and remembers it", async (model, type) => {
      const one = endpoint();
      const before = server.requests.length;
      const parts = await collect(one.chat(ask(model, { responseSchema: schema }), open()));
      expect(JSON.parse(textOf(parts))).toEqual({ answer: "forty two" });
      const tries = server.requests.length - before;
      expect(tries).toBeGreaterThan(1);
      expect((lastBody().response_format as { type?: string } | undefined)?.type).toBe(type);
      expect(JSON.stringify(lastBody().messages)).toContain("JSON Schema");
      await collect(one.chat(ask(model, { responseSchema: schema }), open()));
      expect(server.requests.length - before).toBe(tries + 1);
    });

    it("does not try again when the prompt is too long", async () => {
      const before = server.requests.length;
      const failure = await failureOf(chat("error-400", { responseSchema: schema }));
      expect(failure.code).toBe("model-rejected");
      expect(failure.message).toContain("maximum context length");
      expect(server.requests.length - before).toBe(1);
    });
  });

  it.each([
    ["no-stream-options", {}, "stream_options"],
    ["no-max-tokens", { maxTokens: 4 }, "max_tokens"],
    ["no-seed", { seed: 4 }, "seed"],
    ["no-temperature", { temperature: 0.2 }, "temperature"],
  ])("learns that a model takes no such setting (%s)", async (model, more, parameter) => {
    expect((await chat(model, more)).at(-1)?.type).toBe("finish");
    expect(lastBody()).not.toHaveProperty(parameter);
  });

  it("renames the most tokens for a model that wants it so", async () => {
    await chat("no-max-tokens", { maxTokens: 4 });
    expect(lastBody().max_completion_tokens).toBe(4);
  });

  describe("that falls silent", () => {
    const silent = (model: string, clock: ManualClock) => {
      const seen: string[] = [];
      const read = async () => {
        for await (const part of endpoint({ timeoutMs: 3000 }, clock).chat(ask(model), open())) {
          if (part.type === "text-delta") seen.push(part.delta);
          if (seen.length === 2) clock.advance(5000); // The reader's own time does not count.
        }
      };
      return { seen, failure: failureOf(read()) };
    };

    it("before the first token, is timed out", async () => {
      const clock = new ManualClock();
      const before = server.requests.length;
      const { failure } = silent("never", clock);
      await server.received(before + 1);
      clock.advance(2999);
      expect(clock.pending).toBe(1);
      clock.advance(1);
      expect(await failure).toMatchObject({ code: "model-timeout" });
      expect((await failure).message).toContain("3 s");
      expect(clock.pending).toBe(0);
    });

    it("between two tokens, is timed out with what arrived", async () => {
      const clock = new ManualClock();
      const { failure, seen } = silent("stall-2", clock);
      await expect.poll(() => seen.length).toBe(2);
      await new Promise(setImmediate);
      clock.advance(2999);
      expect(clock.pending).toBe(1);
      clock.advance(1);
      expect((await failure).code).toBe("model-timeout");
      expect((await failure).message).toContain("6 characters");
    });

    it("over embeddings and the list of models, is timed out", async () => {
      const clock = new ManualClock();
      const before = server.requests.length;
      const failure = failureOf(endpoint({ timeoutMs: 3000 }, clock).embed({ model: "never", input: ["a"] }, open()));
      await server.received(before + 1);
      clock.advance(3000);
      expect((await failure).code).toBe("model-timeout");
    });
  });

  it("tells the server when the caller aborts", async () => {
    const controller = new AbortController();
    const own = await startFakeOpenAiServer();
    try {
      const failure = failureOf(
        collect(endpoint({ baseUrl: own.baseUrl }).chat(ask("never"), { signal: controller.signal })),
      );
      await own.received(1);
      controller.abort();
      expect((await failure).code).toBe("aborted");
      await own.abandoned(1);
    } finally {
      await own.close();
    }
  });

  it("tells the server when the reader leaves", async () => {
    const own = await startFakeOpenAiServer();
    try {
      for await (const part of endpoint({ baseUrl: own.baseUrl }).chat(ask("stall-2"), open())) {
        if (part.type === "text-delta") break;
      }
      await own.abandoned(1);
      expect(own.requests).toHaveLength(1);
    } finally {
      await own.close();
    }
  });

  it("throws the caller's own reason where that is a failure", async () => {
    const reason = new NodeFailure("node-timeout", "The step took longer than 2 s.");
    expect(await failureOf(collect(endpoint().chat(ask("echo"), { signal: AbortSignal.abort(reason) })))).toBe(reason);
  });

  describe("making embeddings", () => {
    const texts = (count: number) => Array.from({ length: count }, (_, index) => `text ${index}`);

    it("puts vectors that come out of order back in order", async () => {
      const one = endpoint();
      const together = await one.embed({ model: "fake-embedding", input: texts(5) }, open());
      const alone = await one.embed({ model: "fake-embedding", input: ["text 3"] }, open());
      expect(together.vectors[3]).toEqual(alone.vectors[0]);
      expect(together.usage).toEqual({ inputTokens: 8, outputTokens: 0 });
      expect(lastBody().encoding_format).toBe("float");
    });

    it("joins batches, and sums their usage", async () => {
      const before = server.requests.length;
      const reply = await endpoint().embed({ model: "fake-embedding", input: texts(70) }, open());
      expect(reply.vectors).toHaveLength(70);
      expect(server.requests.length - before).toBe(3);
      expect(reply.usage?.inputTokens).toBeGreaterThan(100);
    });

    it("learns the batch size that a server takes", async () => {
      const one = endpoint();
      expect((await one.embed({ model: "small-batch-10", input: texts(25) }, open())).vectors).toHaveLength(25);
      const before = server.requests.length;
      await one.embed({ model: "small-batch-10", input: texts(25) }, open());
      expect(server.requests.length - before).toBe(3);
    });

    it("passes on a failure", async () => {
      expect((await failureOf(endpoint().embed({ model: "error-401", input: ["a"] }, open()))).code).toBe(
        "model-unauthorized",
      );
      expect((await failureOf(endpoint().embed({ model: "html", input: ["a"] }, open()))).code).toBe("model-protocol");
    });
  });

  it("describes the models with the context that the server names", async () => {
    expect((await endpoint().describeModels(open())).models).toContainEqual({
      name: "echo",
      contextTokens: 8192,
      owner: "fake",
      uses: null,
      grade: null,
      price: null,
    });
  });
});
