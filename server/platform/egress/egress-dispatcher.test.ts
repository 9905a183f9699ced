import type { LookupAddress } from "node:dns";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { systemClock } from "@/runtime/model/clock";
import { createOpenAiEndpoint } from "@/runtime/model/openai-endpoint";
import { createUndiciFetch } from "@/runtime/model/undici-fetch";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { createEgressDispatcher, type Lookup } from "./egress-dispatcher";
import type { EgressMode } from "./egress-policy";

describe("a guarded connection", () => {
  let server: FakeOpenAiServer;
  beforeAll(async () => {
    server = await startFakeOpenAiServer();
  });
  afterAll(() => server.close());

  /** Names resolve to what the test says, one answer after another; the last one stays. */
  const resolving = (
    ...answers: readonly (readonly string[])[]
  ): { readonly lookup: Lookup; readonly asked: string[] } => {
    const asked: string[] = [];
    const lookup: Lookup = (hostname, _options, callback) => {
      const answer = answers[Math.min(asked.length, answers.length - 1)] ?? [];
      asked.push(hostname);
      callback(
        null,
        answer.map((address): LookupAddress => ({ address, family: address.includes(":") ? 6 : 4 })),
      );
    };
    return { lookup, asked };
  };

  const ask = (baseUrl: string, mode: EgressMode, lookup?: Lookup) =>
    collect(
      createOpenAiEndpoint(
        { id: "fake", name: "Fake", baseUrl, apiKey: null, timeoutMs: 5000 },
        {
          fetch: createUndiciFetch(createEgressDispatcher({ mode, ...(lookup ? { lookup } : {}) })),
          clock: systemClock,
        },
      ).chat(
        { model: "echo", messages: [{ role: "user", content: "hello" }] },
        { signal: new AbortController().signal },
      ),
    );
  const url = (host: string) => `http://${host}:${server.port}/v1`;

  it("reaches this machine by address and by name", async () => {
    expect(textOf(await ask(url("127.0.0.1"), "local-network"))).toBe("hello");
    const { lookup, asked } = resolving(["127.0.0.1"]);
    expect(textOf(await ask(url("models.example"), "local-network", lookup))).toBe("hello");
    expect(asked).toEqual(["models.example"]);
  });

  it.each(["169.254.169.254", "[::ffff:169.254.169.254]", "[fe80::1]", "0.0.0.0", "2852039166"])(
    "never reaches %s, though nobody checked the URL before",
    async (host) => {
      const before = server.requests.length;
      await expect(ask(url(host), "local-network")).rejects.toMatchObject({ code: "model-address-blocked" });
      expect(server.requests.length).toBe(before);
    },
  );

  it("is refused for a name that resolves to a forbidden address", async () => {
    const { lookup } = resolving(["169.254.169.254"]);
    await expect(ask(url("metadata.example"), "local-network", lookup)).rejects.toMatchObject({
      code: "model-address-blocked",
    });
  });

  it("never reaches this machine where only public addresses are called", async () => {
    const before = server.requests.length;
    for (const host of ["127.0.0.1", "localhost"]) {
      await expect(ask(url(host), "public-only")).rejects.toMatchObject({ code: "model-address-blocked" });
    }
    const { lookup } = resolving(["127.0.0.1"]);
    await expect(ask(url("innocent.example"), "public-only", lookup)).rejects.toMatchObject({
      code: "model-address-blocked",
    });
    expect(server.requests.length).toBe(before);
  });

  it("tries only the allowed addresses of a name that mixes them", async () => {
    const { lookup } = resolving(["169.254.169.254", "fe80::1", "127.0.0.1"]);
    expect(textOf(await ask(url("mixed.example"), "local-network", lookup))).toBe("hello");
  });

  it("connects to the very address that was judged, though the name answers otherwise the second time", async () => {
    const { lookup, asked } = resolving(["127.0.0.1"], ["169.254.169.254"]);
    expect(textOf(await ask(url("rebinding.example"), "local-network", lookup))).toBe("hello");
    expect(asked).toHaveLength(1);
    await expect(ask(url("rebinding.example"), "local-network", lookup)).rejects.toMatchObject({
      code: "model-address-blocked",
    });
  });

  it("does not say the address it refused", async () => {
    const { lookup } = resolving(["10.9.8.7"]);
    await expect(ask(url("inside.example"), "public-only", lookup)).rejects.not.toMatchObject({
      message: expect.stringContaining("10.9.8.7"),
    });
  });

  it("that a server redirects away stays where it is", async () => {
    const endpoint = createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: url("127.0.0.1"), apiKey: "sk-canary-1", timeoutMs: 5000 },
      { fetch: createUndiciFetch(createEgressDispatcher({ mode: "local-network" })), clock: systemClock },
    );
    const before = server.requests.length;
    const call = collect(
      endpoint.chat(
        { model: "redirect", messages: [{ role: "user", content: "hello" }] },
        { signal: new AbortController().signal },
      ),
    );
    await expect(call).rejects.toMatchObject({ code: "model-protocol" });
    expect(server.requests.length).toBe(before + 1);
  });
});
