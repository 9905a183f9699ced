import net from "node:net";
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { type Clock, systemClock } from "./clock";
import { createOpenAiEndpoint, type OpenAiEndpointConfig } from "./openai-endpoint";
import { createUndiciFetch } from "./undici-fetch";

const canary = "sk-canary-7f3a9b1c5d";
const fetch = createUndiciFetch();
const open = () => ({ signal: new AbortController().signal });

describe("what an endpoint that fails is taken for", () => {
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

  it.each([
    ["error-400", "model-rejected", "maximum context length"],
    ["error-401", "model-unauthorized", "needs an API key"],
    ["error-402", "budget-exceeded", "no credit left"],
    ["error-403", "model-unauthorized", "403"],
    ["error-404", "model-unknown", '"error-404"'],
    ["error-422", "model-rejected", "422"],
    ["error-429", "model-rate-limited", "429"],
    ["error-500", "model-unavailable", "500"],
    ["error-503", "model-unavailable", "loading"],
    ["html", "model-protocol", "web page"],
    ["html-404", "model-protocol", "404"],
    ["html-502", "model-unavailable", "502"],
    ["redirect", "model-protocol", "redirect"],
    ["not-json", "model-protocol", "not JSON"],
    ["half-0", "model-unavailable", "broke off"],
    ["half-3", "model-unavailable", "9 characters"],
    ["cut-0", "model-unavailable", "ended before"],
    ["cut-2", "model-unavailable", "6 characters"],
    ["broken-json-2", "model-protocol", "cannot be read"],
    ["stream-error-2", "model-unavailable", "CUDA out of memory"],
    ["stream-error-tgi-0", "model-unavailable", "overloaded"],
    ["stream-error-vllm-1", "model-rejected", "bad sampling"],
  ])("turns %s into %s", async (model, code, text) => {
    const failure = await failureOf(chat(model));
    expect(failure.code).toBe(code);
    expect(failure.message).toContain(text);
    expect(failure.message).toContain("Fake");
  });

  it("delivers what arrived before half a stream breaks", async () => {
    const seen: string[] = [];
    const read = async () => {
      for await (const part of endpoint().chat(ask("half-3"), open())) {
        if (part.type === "text-delta") seen.push(part.delta);
      }
    };
    expect((await failureOf(read())).code).toBe("model-unavailable");
    expect(seen.join("")).toBe("t0 t1 t2 ");
  });

  it("passes on how long to wait", async () => {
    expect((await failureOf(chat("error-429-7"))).options.retryAfterMs).toBe(7000);
    expect((await failureOf(chat("error-503-2"))).options.retryAfterMs).toBe(2000);
  });

  it("tells a wrong base URL from an unknown model", async () => {
    const failure = await failureOf(chat("echo", {}, { baseUrl: `${server.origin}/api` }));
    expect(failure.code).toBe("model-protocol");
    expect(failure.options.hint).toContain("/v1");
  });

  it("never follows a redirect", async () => {
    const before = server.requests.length;
    await failureOf(chat("redirect"));
    expect(server.requests.length - before).toBe(1);
  });

  describe("with an API key", () => {
    it("keeps it out of what the server says of it", async () => {
      const guarded = await startFakeOpenAiServer({ apiKey: "another" });
      try {
        const failure = await failureOf(chat("echo", {}, { baseUrl: guarded.baseUrl, apiKey: canary }));
        expect(failure.code).toBe("model-unauthorized");
        expect(failure.message).toContain("[API key]");
        expect(inspectDeep(failure)).not.toContain(canary);
      } finally {
        await guarded.close();
      }
    });

    it("keeps it out of every failure, its causes included", async () => {
      const models = ["error-401", "error-500", "html", "half-1", "broken-json-1", "stream-error-1", "redirect"];
      for (const model of models) {
        expect(inspectDeep(await failureOf(chat(model, {}, { apiKey: canary })))).not.toContain(canary);
      }
      const unreachable = { apiKey: canary, baseUrl: "http://127.0.0.1:9/v1" };
      expect(inspectDeep(await failureOf(chat("echo", {}, unreachable)))).not.toContain(canary);
    });
  });

  describe("without a server", () => {
    it.each([
      ["http://127.0.0.1:9/v1", "model-unavailable", "refuses connections"],
      ["http://no-such-host.invalid/v1", "model-unavailable", "cannot be resolved"],
    ])("%s is %s", async (baseUrl, code, text) => {
      const failure = await failureOf(chat("echo", {}, { baseUrl }));
      expect(failure.code).toBe(code);
      expect(failure.message).toContain(text);
      expect(failure.options.hint).toBeTruthy();
    });

    it("tells https on a plain port", async () => {
      const failure = await failureOf(chat("echo", {}, { baseUrl: server.baseUrl.replace("http:", "https:") }));
      expect(failure.code).toBe("model-unavailable");
      expect(failure.message).toContain("TLS");
    });

    it("tells a server that does not speak HTTP", async () => {
      const talker = net.createServer((socket) => {
        socket.on("error", () => {});
        socket.once("data", () => socket.end("SSH-2.0-OpenSSH_9.2\r\n"));
      });
      await new Promise<void>((resolve) => talker.listen(0, "127.0.0.1", resolve));
      const { port } = talker.address() as net.AddressInfo;
      const failure = await failureOf(chat("echo", {}, { baseUrl: `http://127.0.0.1:${port}/v1` }));
      talker.close();
      expect(failure.code).toBe("model-protocol");
      expect(failure.message).toContain("HTTP");
    });
  });

  it("asks through whatever dispatcher it is given", async () => {
    const blocked = new Agent({
      connect: (_options, callback) => callback(new NodeFailure("model-address-blocked", "Not there."), null),
    });
    const guarded = createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 10_000 },
      { fetch: createUndiciFetch(blocked), clock: systemClock },
    );
    expect((await failureOf(collect(guarded.chat(ask("echo"), open())))).code).toBe("model-address-blocked");
  });
});

/** Everything an error holds, hidden properties and causes included. */
const inspectDeep = (value: unknown, seen = new Set<unknown>()): string => {
  if (typeof value !== "object" || value === null) return String(value);
  if (seen.has(value)) return "";
  seen.add(value);
  return Reflect.ownKeys(value)
    .map((key) => `${String(key)}=${inspectDeep((value as Record<PropertyKey, unknown>)[key], seen)}`)
    .join("\n");
};
