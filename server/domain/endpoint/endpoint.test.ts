import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { collect, textOf } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import { ensureEmbeddedEndpoints } from "./embedded-endpoint";
import type { EndpointModelInput } from "./endpoint.types";
import { workspaceGateway } from "./workspace-gateway";

const canary = "sk-canary-4d2f81aa90";

const model = (name: string, more: Partial<EndpointModelInput> = {}): EndpointModelInput => ({
  name,
  chat: true,
  embedding: false,
  jsonSchema: false,
  vision: false,
  moderation: false,
  transcription: false,
  picture: false,
  speech: false,
  rerank: false,
  maxConcurrency: null,
  contextTokens: null,
  inputUsdPerM: null,
  outputUsdPerM: null,
  cachedInputUsdPerM: null,
  ...more,
});

describe("the endpoints of a workspace", () => {
  let database: Database;
  let open: FakeOpenAiServer;
  let locked: FakeOpenAiServer;
  let embedded: FakeOpenAiServer;

  beforeAll(async () => {
    process.env.PIPEWRIGHT_SECRET_KEY = randomBytes(32).toString("base64");
    [open, locked, embedded] = await Promise.all([
      startFakeOpenAiServer(),
      startFakeOpenAiServer({ apiKey: canary }),
      startFakeOpenAiServer({
        apiKey: "embedded-key",
        models: ["tiny-local", "local-embed", "local-embed-en", "my-gguf"],
      }),
    ]);
    process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL = embedded.origin;
    process.env.PIPEWRIGHT_LOCAL_ENDPOINT_KEY = "embedded-key";
    database = await openTestDatabase();
  });
  afterAll(async () => {
    delete process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL;
    delete process.env.PIPEWRIGHT_LOCAL_ENDPOINT_KEY;
    await Promise.all([database.close(), open.close(), locked.close(), embedded.close()]);
  });

  const newWorkspace = async () => {
    const owner = await addMember(database, "owner");
    return { owner, api: callerOf(database, owner) };
  };
  const withServer = async (more: object = {}) => {
    const { owner, api } = await newWorkspace();
    const { id } = await api.endpoint.create({
      name: "Lab",
      slug: "lab",
      replicas: [{ baseUrl: open.baseUrl }],
      models: [
        model("echo", { inputUsdPerM: 2.5, outputUsdPerM: 10 }),
        model("fake-embedding", { chat: false, embedding: true, inputUsdPerM: 0.02 }),
        model("no-usage"),
      ],
      ...more,
    });
    return { owner, api, id };
  };
  const ask = (owner: Member, reference: string, records: object[] = [], content = "one two three") =>
    collect(
      workspaceGateway(database, owner.workspaceId).chat(
        { model: reference, messages: [{ role: "user", content }] },
        { signal: new AbortController().signal, onCall: (record) => records.push(record) },
      ),
    );
  const refusalOf = (promise: Promise<unknown>) =>
    promise.then(
      () => null,
      (error: unknown) => error,
    );

  it("begin with the embedded one, which is seen to be up and to serve more than it was shipped with", async () => {
    const { api } = await newWorkspace();
    await ensureEmbeddedEndpoints(database);
    const [first, ...others] = await api.endpoint.list();
    expect(others).toEqual([]);
    expect(first).toMatchObject({ slug: "local", embedded: true, enabled: true, hasApiKey: false });
    expect(first?.replicas[0]?.health.state).toBe("up");
    expect(first?.replicas[0]?.health.latencyMs).toBeGreaterThanOrEqual(0);
    await expect
      .poll(async () => (await api.endpoint.list())[0]?.models.map(({ name }) => name))
      .toEqual(["local-embed", "my-gguf", "tiny-local"]);
    const { models, defaults } = await api.endpoint.models();
    expect(models.find(({ ref }) => ref === "local/my-gguf")).toMatchObject({
      chat: true,
      available: true,
      price: { inputUsdPerM: 0, outputUsdPerM: 0 },
    });
    expect(defaults.embedding).toBe("local/local-embed");
  });

  it("are called by reference, with their cost to the micro-dollar", async () => {
    const { owner } = await withServer();
    const records: object[] = [];
    const parts = await ask(owner, "lab/echo", records);
    expect(textOf(parts)).toBe("one two three");
    // 4 tokens at 2.5 and 3 at 10 dollars a million.
    expect(parts.at(-1)).toMatchObject({ type: "finish", model: "lab/echo", costMicroUsd: 40 });
    expect(records).toEqual([
      expect.objectContaining({ operation: "chat", endpoint: "lab", model: "echo", costMicroUsd: 40, cached: false }),
    ]);
    expect((await ask(owner, "lab/no-usage")).at(-1)).toMatchObject({ usage: null, costMicroUsd: null });
  });

  it("work side by side: the embedded one, the same one registered by hand, and another server", async () => {
    const { owner, api } = await withServer();
    await api.endpoint.create({
      name: "By hand",
      slug: "by-hand",
      replicas: [{ baseUrl: embedded.baseUrl }],
      apiKey: "embedded-key",
      models: [model("tiny-local", { inputUsdPerM: 0, outputUsdPerM: 0 })],
    });
    const chats = () => embedded.requests.filter(({ path }) => path === "/v1/chat/completions").length;
    const before = chats();
    for (const reference of ["default", "local/tiny-local", "by-hand/tiny-local", "lab/echo"]) {
      const parts = await ask(owner, reference);
      const served = reference === "default" ? "local/tiny-local" : reference;
      expect(parts.at(-1)).toMatchObject({ type: "finish", reason: "stop", model: served });
    }
    expect(chats() - before).toBe(3);
    const gateway = workspaceGateway(database, owner.workspaceId);
    const options = { signal: new AbortController().signal, onCall: () => {} };
    expect((await gateway.embed({ model: "default", input: ["a", "b"] }, options)).costMicroUsd).toBe(0);
    expect((await gateway.embed({ model: "lab/fake-embedding", input: ["a".repeat(400)] }, options)).costMicroUsd).toBe(
      2,
    );
  });

  it("fall back to the next model, and both calls are reported", async () => {
    const { owner, api } = await withServer();
    await api.endpoint.create({
      name: "Locked",
      slug: "locked",
      replicas: [{ baseUrl: locked.baseUrl }],
      apiKey: "wrong",
      models: [model("echo")],
    });
    const records: { readonly error?: unknown }[] = [];
    const parts = await collect(
      workspaceGateway(database, owner.workspaceId).chat(
        { model: "locked/echo", fallbacks: ["lab/echo"], messages: [{ role: "user", content: "hello" }] },
        { signal: new AbortController().signal, onCall: (record) => records.push(record) },
      ),
    );
    expect(parts.at(-1)).toMatchObject({ model: "lab/echo" });
    expect(records).toEqual([
      expect.objectContaining({ endpoint: "locked", error: expect.objectContaining({ code: "model-unauthorized" }) }),
      expect.objectContaining({ endpoint: "lab" }),
    ]);
  });

  it("that were changed count at once for a gateway that was got before", async () => {
    const { owner, api, id } = await withServer();
    await ask(owner, "lab/echo");
    await api.endpoint.update({ id, enabled: false });
    await expect(ask(owner, "lab/echo")).rejects.toMatchObject({ code: "model-unknown" });
    await api.endpoint.update({ id, enabled: true, slug: "labor" });
    expect((await ask(owner, "labor/echo")).at(-1)).toMatchObject({ model: "labor/echo" });
  });

  it("keep the defaults pointing at a renamed one, and forget those of a removed one", async () => {
    const { api, id } = await withServer();
    await api.workspace.update({ defaultChatModel: "lab/echo", defaultEmbeddingModel: "lab/fake-embedding" });
    await api.endpoint.update({ id, slug: "renamed" });
    expect((await api.endpoint.models()).defaults).toMatchObject({
      chat: "renamed/echo",
      embedding: "renamed/fake-embedding",
    });
    await api.endpoint.remove({ id });
    expect((await api.endpoint.models()).defaults.embedding).toBe("local/local-embed");
  });

  it("have a default for each use: the workspace's choice, else what the embedded one has", async () => {
    const { api, owner } = await withServer({
      models: [model("fake-vision", { vision: true }), model("fake-moderation", { chat: false, moderation: true })],
    });
    expect((await api.endpoint.models()).defaults).toEqual({
      chat: "local/tiny-local",
      embedding: "local/local-embed",
      vision: null,
      moderation: null,
      transcription: null,
      rerank: null,
      picture: null,
      speech: null,
    });
    const { id } = (await api.endpoint.list()).find(({ slug }) => slug === "lab") ?? { id: "" };
    await api.endpoint.update({
      id,
      models: [
        model("fake-vision", { vision: true }),
        model("fake-moderation", { chat: false, moderation: true }),
        model("fake-image", { chat: false, picture: true }),
      ],
    });
    // None ships that could: the first registered one is taken.
    expect((await api.endpoint.models()).defaults).toMatchObject({ picture: "lab/fake-image", speech: null });
    await api.workspace.update({
      defaultVisionModel: "lab/fake-vision",
      defaultModerationModel: "lab/fake-moderation",
    });
    expect((await api.endpoint.models()).defaults).toMatchObject({
      chat: "local/tiny-local",
      vision: "lab/fake-vision",
      moderation: "lab/fake-moderation",
    });
    const records: object[] = [];
    const options = { signal: new AbortController().signal, onCall: (record: object) => records.push(record) };
    const gateway = workspaceGateway(database, owner.workspaceId);
    const { results } = await gateway.moderate({ model: "default", input: ["You idiot."] }, options);
    expect(results).toMatchObject([{ flagged: true }]);
    expect(records).toEqual([expect.objectContaining({ operation: "moderate", endpoint: "lab" })]);
  });

  it("learn what a new version of the embedded one serves, in workspaces that exist already", async () => {
    const { owner } = await newWorkspace();
    await ensureEmbeddedEndpoints(database);
    const older = { endpoint: { workspaceId: owner.workspaceId, embedded: true }, name: "local-embed" };
    await database.prisma.endpointModel.updateMany({ where: older, data: { chat: true, embedding: false } });
    const options = { signal: new AbortController().signal, onCall: () => {} };
    const gateway = workspaceGateway(database, owner.workspaceId);
    expect((await gateway.embed({ model: "local/local-embed", input: ["a"] }, options)).vectors).toHaveLength(1);
    const rows = await database.prisma.endpointModel.findMany({ where: { endpoint: older.endpoint } });
    expect(rows.map(({ name }) => name).toSorted()).toEqual(["local-embed", "my-gguf", "tiny-local"]);
    expect(rows.find(({ name }) => name === "local-embed")).toMatchObject({ chat: false, embedding: true });
  });

  it("say so when the embedded one does not run", async () => {
    const { owner, api } = await newWorkspace();
    const url = process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL;
    delete process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL;
    try {
      const [first] = await api.endpoint.list();
      expect(first?.replicas).toMatchObject([{ baseUrl: null, health: { state: "down" } }]);
      const { models } = await api.endpoint.models();
      expect(new Set(models.map(({ available }) => available))).toEqual(new Set([false]));
      expect(await api.endpoint.test({ id: first?.id ?? "" })).toMatchObject({ error: { code: "model-unavailable" } });
      await expect(ask(owner, "default")).rejects.toMatchObject({
        code: "model-unavailable",
        message: expect.stringContaining("not running"),
      });
    } finally {
      process.env.PIPEWRIGHT_LOCAL_ENDPOINT_URL = url;
    }
  });

  it("are asked how they are only while somebody looks, and then not more than needed", async () => {
    const watched = await startFakeOpenAiServer();
    try {
      const { api } = await withServer({ replicas: [{ baseUrl: watched.baseUrl }] });
      expect(watched.requests).toHaveLength(0);
      await Promise.all([api.endpoint.list(), api.endpoint.list()]);
      const listed = await api.endpoint.list();
      expect(listed.find(({ slug }) => slug === "lab")?.replicas[0]?.health.state).toBe("up");
      expect(watched.requests).toHaveLength(1);
    } finally {
      await watched.close();
    }
  });

  it("are unknown to other workspaces", async () => {
    await withServer();
    const { owner } = await newWorkspace();
    await expect(ask(owner, "lab/echo")).rejects.toMatchObject({ code: "model-unknown" });
  });

  describe("found by asking", () => {
    it("give their models with what they can probably do, also where /v1 was left out", async () => {
      const { api } = await newWorkspace();
      for (const baseUrl of [open.baseUrl, open.origin, `${open.origin}/`]) {
        const found = await api.endpoint.discover({ baseUrl });
        expect(found).toMatchObject({ ok: true, baseUrl: open.baseUrl });
        if (!found.ok) return;
        expect(found.models.find(({ name }) => name === "fake-embedding")).toMatchObject({
          chat: false,
          embedding: true,
        });
        expect(found.models.find(({ name }) => name === "echo")).toMatchObject({ chat: true, contextTokens: 8192 });
      }
    });

    it("say why they did not answer", async () => {
      const { api } = await newWorkspace();
      const codeOf = async (input: { baseUrl: string; apiKey?: string }) => {
        const found = await api.endpoint.discover(input);
        return found.ok ? "ok" : found.error.code;
      };
      expect(await codeOf({ baseUrl: locked.baseUrl })).toBe("model-unauthorized");
      expect(await codeOf({ baseUrl: locked.baseUrl, apiKey: canary })).toBe("ok");
      expect(await codeOf({ baseUrl: "http://127.0.0.1:9/v1" })).toBe("model-unavailable");
      expect(await codeOf({ baseUrl: `${open.origin}/somewhere/v1` })).toBe("model-protocol");
    });

    it("use the stored key, but only where it has been sent before", async () => {
      const { api, id } = await withServer({ replicas: [{ baseUrl: locked.baseUrl }], apiKey: canary });
      expect(await api.endpoint.discover({ baseUrl: locked.baseUrl, endpointId: id })).toMatchObject({ ok: true });
      const before = open.requests.length;
      expect(await refusalOf(api.endpoint.discover({ baseUrl: open.baseUrl, endpointId: id }))).toMatchObject({
        details: { fields: { apiKey: expect.any(String) } },
      });
      expect(open.requests.length).toBe(before);
    });
  });

  describe("under test", () => {
    it("are measured by a real call", async () => {
      const { api, id } = await withServer();
      const chat = await api.endpoint.test({ id });
      expect(chat).toMatchObject({ ok: true, model: "echo", reply: "Reply with one short greeting.", error: null });
      expect(chat.firstTokenMs).toBeLessThanOrEqual(chat.latencyMs ?? 0);
      expect(await api.endpoint.test({ id, model: "fake-embedding" })).toMatchObject({
        ok: true,
        firstTokenMs: null,
        reply: "16",
      });
    });

    it.each([
      ["echo", { vision: true }, /^\[image\/png of \d+ bytes\] What colour/],
      ["fake-moderation", { chat: false, moderation: true }, /^harassment 0\.010, violence 0\.002$/],
      ["fake-whisper", { chat: false, transcription: true }, /^Hello there\.$/],
      ["fake-image", { chat: false, picture: true }, /^image\/png, 1 KB$/],
      ["fake-tts", { chat: false, speech: true }, /^audio\/mpeg, \d+ KB$/],
      ["fake-reranker", { chat: false, rerank: true }, /^0\.\d+ {2}Paris is the capital of France\.\n0\.\d+ {2}Bread/],
    ])("are asked what the model is for: %s", async (name, abilities, reply) => {
      const { api, id } = await withServer({ models: [model(name, abilities)] });
      expect(await api.endpoint.test({ id })).toMatchObject({
        ok: true,
        model: name,
        reply: expect.stringMatching(reply),
      });
    });

    it("that fail say so as an answer, and their health says the same", async () => {
      const { api, id } = await withServer({ replicas: [{ baseUrl: "http://127.0.0.1:9/v1" }] });
      expect(await api.endpoint.test({ id })).toMatchObject({ ok: false, error: { code: "model-unavailable" } });
      const listed = (await api.endpoint.list()).find((endpoint) => endpoint.id === id);
      expect(listed?.replicas[0]?.health).toMatchObject({ state: "down", error: { code: "model-unavailable" } });
      expect(listed?.replicas[0]?.health.history.at(-1)).toMatchObject({ ok: false });
      expect((await api.endpoint.models()).models.find(({ ref }) => ref === "lab/echo")?.available).toBe(false);
    });

    it("with a replica that is down, name the failure, though calls get through", async () => {
      const { owner, api, id } = await withServer({
        replicas: [{ baseUrl: "http://127.0.0.1:9/v1" }, { baseUrl: open.baseUrl }],
      });
      expect((await api.endpoint.test({ id })).ok).toBe(false);
      for (let call = 0; call < 4; call += 1) {
        expect((await ask(owner, "lab/echo")).at(-1)).toMatchObject({ type: "finish" });
      }
    });
  });
});
