import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChatPart } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect, describeEndpoint, textOf } from "@/runtime/testing/endpoint-conformance";
import { startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { ManualClock } from "@/runtime/testing/manual-clock";
import { ScriptedEndpoint } from "@/runtime/testing/scripted-endpoint";
import { systemClock } from "./clock";
import type { CallOptions, ModelCallRecord } from "./endpoint";
import { createGateway, type GatewayDefaults, type GatewayEndpoint, maxTexts } from "./gateway";
import { GatewayState } from "./gateway-state";
import { createOpenAiGateway } from "./openai-gateway";
import { createUndiciFetch } from "./undici-fetch";
import { callWhole, wholeCalls } from "./whole-calls";

const audio = { fileId: "file_0123456789abcdef", name: "a.wav", mediaType: "audio/wav", size: 100 };
const noRetry = { attempts: 1, baseDelayMs: 1, maxDelayMs: 1, longestRetryAfterMs: 1 };
const price = { inputMicroUsdPerM: 1_000_000, outputMicroUsdPerM: 2_000_000 };

const endpointOf = (slug: string, ...replicas: readonly ScriptedEndpoint[]): GatewayEndpoint => ({
  key: slug,
  slug,
  name: slug,
  replicas: replicas.map((endpoint) => ({ key: `${slug} ${endpoint.id}`, weight: 1, endpoint })),
  models: [
    { name: "chat", chat: true, embedding: false, ...price },
    { name: "org/chat:1b", chat: true, embedding: false, inputMicroUsdPerM: null, outputMicroUsdPerM: null },
    { name: "embed", chat: false, embedding: true, ...price },
  ],
  limits: { maxConcurrency: 4, maxQueue: 100, maxWaitMs: 1000 },
  retry: noRetry,
});
const make = (
  endpoints: readonly GatewayEndpoint[],
  defaults: GatewayDefaults = { chat: null, embedding: null },
  state = new GatewayState(new ManualClock()),
) => {
  const gateway = createGateway({ endpoints, defaults, state, random: () => 0 });
  const records: ModelCallRecord[] = [];
  const options = (signal = new AbortController().signal) => ({
    signal,
    onCall: (record: ModelCallRecord) => records.push(record),
  });
  const ask = (model: string, fallbacks: readonly string[] = [], signal?: AbortSignal) =>
    collect(gateway.chat({ model, fallbacks, messages: [] }, options(signal)));
  return { gateway, records, options, ask, state };
};

describeEndpoint("a gateway over an OpenAI-compatible server", async () => {
  const server = await startFakeOpenAiServer();
  const free = { inputMicroUsdPerM: 0, outputMicroUsdPerM: 0 };
  const gateway = createOpenAiGateway({
    endpoints: [
      {
        slug: "fake",
        replicas: [{ baseUrl: server.baseUrl }],
        models: [
          { name: "fake-0-0-20", chat: true, embedding: false, ...free },
          { name: "fake-embedding", chat: false, embedding: true, ...free },
          { name: "fake-vision", chat: true, vision: true, ...free },
          { name: "fake-moderation", moderation: true, ...free },
          { name: "fake-whisper", transcription: true, ...free },
          { name: "fake-reranker", rerank: true, ...free },
        ],
      },
    ],
    defaults: {
      chat: "fake/fake-0-0-20",
      embedding: "fake/fake-embedding",
      vision: "fake/fake-vision",
      moderation: "fake/fake-moderation",
      transcription: "fake/fake-whisper",
      rerank: "fake/fake-reranker",
    },
    clock: systemClock,
    random: Math.random,
    fetch: createUndiciFetch(),
  });
  return {
    endpoint: {
      id: "gateway",
      chat: (request, options) => gateway.chat(request, { onCall: () => {}, ...options }),
      complete: (request, options) => gateway.complete(request, { onCall: () => {}, ...options }),
      ...wholeCalls<CallOptions>(
        (operation) => (request, options) => callWhole(gateway, operation, request, { onCall: () => {}, ...options }),
      ),
      models: async () => ["fake-0-0-20", "fake-embedding"],
      probe: async () => {},
    },
    chatModel: "default",
    embeddingModel: "default",
    moderationModel: "default",
    transcriptionModel: "default",
    rerankModel: "default",
    visionModel: "default",
    unknownModel: "fake/not-there",
    close: server.close,
  };
});

describe("the gateway", () => {
  it("resolves a reference, a model name with slashes, and the default", async () => {
    const { ask } = make([endpointOf("lab", new ScriptedEndpoint("a"))], { chat: "lab/chat", embedding: null });
    for (const [reference, served] of [
      ["lab/chat", "lab/chat"],
      ["lab/org/chat:1b", "lab/org/chat:1b"],
      ["default", "lab/chat"],
    ] as const) {
      expect((await ask(reference)).at(-1)).toMatchObject({ type: "finish", model: served });
    }
  });

  it.each([
    ["default", "No default chat model"],
    ["lab/nothing", 'no model "nothing"'],
    ["elsewhere/chat", "No enabled endpoint"],
    ["chat", "No enabled endpoint"],
    ["/chat", "No enabled endpoint"],
    ["", "No enabled endpoint"],
    ["lab/embed", "answer prompts"],
  ])("does not know the model %j and says why", async (reference, text) => {
    const scripted = new ScriptedEndpoint("a");
    const { ask, records } = make([endpointOf("lab", scripted)]);
    await expect(ask(reference)).rejects.toMatchObject({
      code: "model-unknown",
      message: expect.stringContaining(text),
    });
    expect(scripted.calls).toBe(0);
    expect(records).toEqual([]);
  });

  it("reports a call before the part that follows from it, with its cost", async () => {
    const { gateway, records, options } = make([endpointOf("lab", new ScriptedEndpoint("a"))]);
    for await (const part of gateway.chat({ model: "lab/chat", messages: [] }, options())) {
      expect(records).toHaveLength(part.type === "finish" ? 1 : 0);
      if (part.type === "finish") expect(part.costMicroUsd).toBe(14);
    }
    expect(records).toEqual([
      {
        operation: "chat",
        endpoint: "lab",
        model: "chat",
        usage: { inputTokens: 10, outputTokens: 2 },
        costMicroUsd: 14,
        latencyMs: 0,
        firstTokenMs: 0,
        cached: false,
      },
    ]);
  });

  it("gives no cost where the price is unknown", async () => {
    const { ask, records } = make([endpointOf("lab", new ScriptedEndpoint("a"))]);
    expect((await ask("lab/org/chat:1b")).at(-1)).toMatchObject({ costMicroUsd: null });
    expect(records[0]?.costMicroUsd).toBeNull();
  });

  it("reports each replica that was asked, failed ones included", async () => {
    const broken = new ScriptedEndpoint("a", [{ tokens: 0, failure: "model-unavailable" }]);
    const { ask, records } = make([endpointOf("lab", broken, new ScriptedEndpoint("b"))]);
    await ask("lab/chat");
    await ask("lab/chat");
    expect(records.filter(({ error }) => error === undefined)).toHaveLength(2);
    expect(records.filter(({ error }) => error?.code === "model-unavailable")).toHaveLength(broken.calls);
  });

  it("reports a call whose reader leaves", async () => {
    const { gateway, records, options } = make([endpointOf("lab", new ScriptedEndpoint("a"))]);
    for await (const _ of gateway.chat({ model: "lab/chat", messages: [] }, options())) break;
    expect(records).toEqual([expect.objectContaining({ error: expect.objectContaining({ code: "aborted" }) })]);
  });

  it("tells all that failed when every fallback does", async () => {
    const one = endpointOf("one", new ScriptedEndpoint("a", [{ tokens: 0, failure: "model-rejected" }]));
    const two = endpointOf("two", new ScriptedEndpoint("b", [{ tokens: 0, failure: "model-unauthorized" }]));
    const { ask } = make([one, two]);
    const failure = await ask("one/chat", ["two/chat", "three/chat"]).catch((error: unknown) => error);
    expect(failure).toMatchObject({ code: "model-rejected" });
    for (const text of ["model-rejected", "model-unauthorized", "three/chat"]) expect(String(failure)).toContain(text);
  });

  it("does not fall back when the caller aborts", async () => {
    const one = new ScriptedEndpoint("a", [{ tokens: 0, failure: "aborted" }]);
    const two = new ScriptedEndpoint("b");
    const { ask } = make([endpointOf("one", one), endpointOf("two", two)]);
    await expect(ask("one/chat", ["two/chat"])).rejects.toMatchObject({ code: "aborted" });
    expect(two.calls).toBe(0);
  });

  it("never falls back after the first token, and delivers one model's text only", async () => {
    const outcome = fc.record({
      tokens: fc.nat(3),
      failure: fc.option(
        fc.constantFrom("model-unavailable", "model-rate-limited", "model-rejected", "model-protocol", "model-timeout"),
        { nil: undefined },
      ),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(outcome, { minLength: 1, maxLength: 5 }), async (outcomes) => {
        const scripted = outcomes.map(
          ({ tokens, failure }, index) =>
            new ScriptedEndpoint(`e${index}-`, [{ tokens, ...(failure === undefined ? {} : { failure }) }]),
        );
        const { gateway, options, records } = make(
          scripted.map((endpoint, index) => endpointOf(`s${index}`, endpoint)),
        );
        const [model = "", ...fallbacks] = scripted.map((_, index) => `s${index}/chat`);
        const parts: ChatPart[] = [];
        let failed: unknown = null;
        try {
          for await (const part of gateway.chat({ model, fallbacks, messages: [] }, options())) parts.push(part);
        } catch (error) {
          failed = error;
        }
        // The first one that either delivers a token or does not fail is the last one asked.
        const decisive = outcomes.findIndex(({ tokens, failure }) => tokens > 0 || failure === undefined);
        const asked = scripted.map(({ calls }) => calls);
        expect(asked).toEqual(outcomes.map((_, index) => (decisive < 0 || index <= decisive ? 1 : 0)));
        expect(records).toHaveLength(asked.filter((calls) => calls > 0).length);
        const authors = new Set(
          parts.flatMap((part) => (part.type === "text-delta" ? [part.delta.split("-")[0]] : [])),
        );
        expect(authors.size).toBeLessThanOrEqual(1);
        if (decisive >= 0 && outcomes[decisive]?.failure === undefined) {
          expect(failed).toBeNull();
          expect(parts.at(-1)).toMatchObject({ type: "finish", model: `s${decisive}/chat` });
        } else expect(failed).toBeInstanceOf(NodeFailure);
      }),
      { numRuns: 200 },
    );
  });

  it("holds an endpoint to its places over all calls, also when the gateway is built anew", async () => {
    const scripted = new ScriptedEndpoint("a", [{ tokens: 3 }]);
    const state = new GatewayState(new ManualClock());
    const before = make([endpointOf("lab", scripted)], undefined, state);
    const after = make([endpointOf("lab", scripted)], undefined, state);
    await Promise.all(Array.from({ length: 40 }, (_, index) => (index % 2 ? before : after).ask("lab/chat")));
    expect(scripted.calls).toBe(40);
    expect(scripted.mostInFlight).toBe(4);
  });

  it("keeps a breaker open over a new build, until the address changes", async () => {
    const broken = new ScriptedEndpoint("a", [{ tokens: 0, failure: "model-unavailable" }]);
    const state = new GatewayState(new ManualClock());
    const first = make([endpointOf("lab", broken)], undefined, state);
    for (let call = 0; call < 6; call += 1) await first.ask("lab/chat").catch(() => {});
    expect(broken.calls).toBe(5);
    const second = make([endpointOf("lab", broken)], undefined, state);
    await expect(second.ask("lab/chat")).rejects.toMatchObject({ message: expect.stringContaining("left alone") });
    const mended = new ScriptedEndpoint("another address");
    expect(textOf(await make([endpointOf("lab", mended)], undefined, state).ask("lab/chat"))).not.toBe("");
    state.retain(new Set(["lab"]), new Set());
    expect(state.replica("lab a").breaker.state).toBe("closed");
  });

  it("looks again after a replica that is down, so that it gets calls when it is back", async () => {
    const clock = new ManualClock();
    const state = new GatewayState(clock);
    const back = new ScriptedEndpoint("back");
    const { ask } = make([endpointOf("lab", back, new ScriptedEndpoint("well"))], undefined, state);
    const { health } = state.replica("lab back");
    await health.probe({ probe: () => Promise.reject(new NodeFailure("model-unavailable", "no")) }, 1000);
    await ask("lab/chat");
    await ask("lab/chat");
    expect([back.calls, back.probes]).toEqual([0, 0]);
    clock.advance(15_000);
    await ask("lab/chat");
    await new Promise(setImmediate);
    expect(back.probes).toBe(1);
    expect(health.state).toBe("up");
    await ask("lab/chat");
    await ask("lab/chat");
    expect(back.calls).toBeGreaterThan(0);
  });

  it("embeds by reference and by default, and asks nobody about nothing", async () => {
    const scripted = new ScriptedEndpoint("a");
    const { gateway, options, records } = make([endpointOf("lab", scripted)], { chat: null, embedding: "lab/embed" });
    expect((await gateway.embed({ model: "default", input: ["a"] }, options())).costMicroUsd).toBe(10);
    expect(records).toEqual([expect.objectContaining({ operation: "embed", model: "embed", firstTokenMs: null })]);
    expect(await gateway.embed({ model: "lab/embed", input: [] }, options())).toMatchObject({ vectors: [] });
    expect(scripted.calls).toBe(1);
    const many = new Array<string>(maxTexts.embed + 1).fill("a");
    await expect(gateway.embed({ model: "default", input: many }, options())).rejects.toMatchObject({
      code: "model-rejected",
    });
    await expect(gateway.embed({ model: "lab/chat", input: ["a"] }, options())).rejects.toMatchObject({
      code: "model-unknown",
    });
  });

  it.each([
    ["moderate", "moderation", { input: ["a"] }, 10],
    ["transcribe", "transcription", { audio }, null],
    ["rerank", "rerank", { query: "a", documents: ["a"] }, 10],
  ] as const)(
    "%ss by reference and by default, metered, with the message when a model cannot",
    async (operation, use, request, cost) => {
      const scripted = new ScriptedEndpoint("a", [{ failure: "model-unavailable" }, {}]);
      const config: GatewayEndpoint = {
        ...endpointOf("lab", scripted, scripted),
        models: [
          { name: "one", [use]: true, ...price },
          { name: "chat", chat: true, ...price },
        ],
      };
      const { gateway, options, records } = make([config], { [use]: "lab/one" });
      const call = (model: string) => callWhole(gateway, operation, { model, ...request } as never, options());
      expect(await call("default")).toMatchObject({ costMicroUsd: cost });
      expect(records).toEqual([
        expect.objectContaining({ operation, error: expect.objectContaining({ code: "model-unavailable" }) }),
        expect.objectContaining({ operation, endpoint: "lab", model: "one", costMicroUsd: cost, firstTokenMs: null }),
      ]);
      await expect(call("lab/chat")).rejects.toMatchObject({
        code: "model-unknown",
        message: expect.stringContaining("not registered as one that can"),
      });
      const none = make([config], {});
      await expect(
        callWhole(none.gateway, operation, { model: "default", ...request } as never, options()),
      ).rejects.toMatchObject({
        message: `No default ${use} model is set.`,
      });
    },
  );

  it("asks nobody about no texts, and refuses more than one request may hold", async () => {
    const scripted = new ScriptedEndpoint("a");
    const models = [{ name: "one", moderation: true, rerank: true, ...price }];
    const { gateway, options } = make([{ ...endpointOf("lab", scripted), models }], {});
    expect(await gateway.moderate({ model: "lab/one", input: [] }, options())).toMatchObject({ results: [] });
    const query = { model: "lab/one", query: "a" };
    expect(await gateway.rerank({ ...query, documents: [] }, options())).toMatchObject({ results: [] });
    expect(scripted.calls).toBe(0);
    const many = new Array<string>(maxTexts.rerank + 1).fill("a");
    await expect(gateway.rerank({ ...query, documents: many }, options())).rejects.toMatchObject({
      code: "model-rejected",
    });
    await expect(gateway.moderate({ model: "lab/one", input: many }, options())).rejects.toMatchObject({
      code: "model-rejected",
    });
  });

  it("shows pictures only to a model that sees, by a default of their own, with fallbacks that see too", async () => {
    const blind = new ScriptedEndpoint("blind");
    const broken = new ScriptedEndpoint("broken", [{ tokens: 0, failure: "model-unavailable" }]);
    const seeing = new ScriptedEndpoint("seeing");
    const eyes = { models: [{ name: "eyes", chat: true, vision: true, ...price }] };
    const { gateway, options } = make(
      [
        endpointOf("blind", blind),
        { ...endpointOf("broken", broken), ...eyes },
        { ...endpointOf("seeing", seeing), ...eyes },
      ],
      { chat: "blind/chat", vision: "broken/eyes" },
    );
    const image = { fileId: "file_0123456789abcdef", name: "a.png", mediaType: "image/png", size: 1 };
    const messages = [{ role: "user" as const, content: "What?", images: [image] }];
    const look = (model: string, fallbacks: readonly string[] = []) =>
      collect(gateway.chat({ model, fallbacks, messages }, options()));
    expect((await look("default", ["blind/chat", "seeing/eyes"])).at(-1)).toMatchObject({ model: "seeing/eyes" });
    expect([blind.calls, broken.calls, seeing.calls]).toEqual([0, 1, 1]);
    await expect(look("blind/chat")).rejects.toMatchObject({
      code: "model-unknown",
      message: 'The model "blind/chat" is not registered as one that can see pictures.',
    });
    const words = [{ role: "user" as const, content: "Hi" }];
    expect((await collect(gateway.chat({ model: "default", messages: words }, options()))).at(-1)).toMatchObject({
      model: "blind/chat",
    });
  });
});
