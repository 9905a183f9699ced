import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NodeFailure } from "@/runtime/node/node-failure";
import { collect } from "@/runtime/testing/endpoint-conformance";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import type { Database } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { openTestDatabase } from "@/server/testing/test-database";
import { addMember, callerOf } from "@/server/testing/workspace-fixture";
import type { EndpointModelInput } from "./endpoint.types";
import { endpointLimits } from "./endpoint.types";
import { endpointsChanged, workspaceGateway } from "./workspace-gateway";

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

describe("what the endpoints of a workspace keep to themselves and refuse", () => {
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

  describe("with an API key", () => {
    it("can be called with it, and never show it", async () => {
      const { owner, api, id } = await withServer({ replicas: [{ baseUrl: locked.baseUrl }], apiKey: canary });
      expect((await ask(owner, "lab/echo")).at(-1)).toMatchObject({ type: "finish" });
      const [row] = await database.query<{ apiKeyCipher: string }>('select * from "ModelEndpoint" where id = $1', [id]);
      expect(JSON.stringify(row)).not.toContain(canary);
      expect(row?.apiKeyCipher.length).toBeGreaterThan(canary.length);
      const seen = [await api.endpoint.list(), await api.endpoint.models(), await api.endpoint.test({ id })];
      expect(JSON.stringify([...seen, await api.audit.list({})])).not.toContain(canary);
      expect(seen[0]).toContainEqual(expect.objectContaining({ id, hasApiKey: true }));
    });

    it("that is refused do not repeat it in errors or in what is reported of calls", async () => {
      const wrong = `${canary}-wrong`;
      const { owner, api, id } = await withServer({ replicas: [{ baseUrl: locked.baseUrl }], apiKey: wrong });
      const records: object[] = [];
      const failure = await refusalOf(ask(owner, "lab/echo", records));
      expect(failure).toBeInstanceOf(NodeFailure);
      const tested = await api.endpoint.test({ id });
      const probed = await api.endpoint.probe({ id });
      expect(tested.error?.code).toBe("model-unauthorized");
      const all = [failure, (failure as Error).stack, (failure as NodeFailure).options, records, tested, probed];
      expect(JSON.stringify(all) + String(failure)).not.toContain(canary);
      expect(String(failure)).toContain("[API key]");
    });

    it("keep it when it is not named, replace it, and lose it on null", async () => {
      const { owner, api, id } = await withServer({ replicas: [{ baseUrl: locked.baseUrl }], apiKey: canary });
      await api.endpoint.update({ id, name: "Renamed" });
      expect((await ask(owner, "lab/echo")).at(-1)).toMatchObject({ type: "finish" });
      await api.endpoint.update({ id, apiKey: null });
      await expect(ask(owner, "lab/echo")).rejects.toMatchObject({ code: "model-unauthorized" });
      await api.endpoint.update({ id, apiKey: canary });
      expect((await ask(owner, "lab/echo")).at(-1)).toMatchObject({ type: "finish" });
    });

    it("cannot be pointed at another server to learn it", async () => {
      const { owner, api, id } = await withServer({ replicas: [{ baseUrl: locked.baseUrl }], apiKey: canary });
      const replicas = [{ baseUrl: open.baseUrl }];
      expect(await refusalOf(api.endpoint.update({ id, replicas }))).toMatchObject({
        code: "BAD_REQUEST",
        details: { fields: { apiKey: expect.stringContaining("new address") } },
      });
      await api.endpoint.update({ id, replicas, apiKey: null });
      await ask(owner, "lab/echo");
      expect(open.requests.at(-1)?.headers.authorization).toBeUndefined();
    });

    it("that no longer opens are not called without it", async () => {
      const { owner, id } = await withServer({ apiKey: canary });
      const other = await withServer({ apiKey: canary });
      const cipher = (await database.prisma.modelEndpoint.findUniqueOrThrow({ where: { id: other.id } })).apiKeyCipher;
      await database.prisma.modelEndpoint.update({ where: { id }, data: { apiKeyCipher: cipher } });
      endpointsChanged(owner.workspaceId);
      const before = open.requests.length;
      await expect(ask(owner, "lab/echo")).rejects.toMatchObject({
        code: "model-unauthorized",
        message: expect.stringContaining("cannot be read"),
      });
      expect(open.requests.length).toBe(before);
    });
  });

  describe("refuse", () => {
    it.each([
      ["http://169.254.169.254/v1", "Link-local"],
      ["file:///etc/passwd", "http and https"],
      ["http://user:pass@example.com/v1", "user name"],
      ["not a url", "whole URL"],
    ])("the address %s", async (baseUrl, text) => {
      const { api } = await newWorkspace();
      const input = { name: "A", slug: "a", replicas: [{ baseUrl }] };
      const refused = {
        code: "BAD_REQUEST",
        details: { fields: { "replicas.0.baseUrl": expect.stringContaining(text) }, hint: expect.any(String) },
      };
      expect(await refusalOf(api.endpoint.create(input))).toMatchObject(refused);
      expect(await refusalOf(api.endpoint.discover({ baseUrl }))).toMatchObject({ code: "BAD_REQUEST" });
    });

    it("a slug that is taken, reserved or malformed", async () => {
      const { api, id } = await withServer();
      const replicas = [{ baseUrl: open.baseUrl }];
      const create = (slug: string) => refusalOf(api.endpoint.create({ name: "A", slug, replicas }));
      expect(await create("lab")).toMatchObject({ code: "CONFLICT", details: { reason: "name-taken" } });
      expect(await create("default")).toMatchObject({ details: { fields: { slug: expect.any(String) } } });
      expect(await create("local")).toMatchObject({ details: { fields: { slug: expect.any(String) } } });
      for (const slug of ["", "A", "a/b", "-a", "a".repeat(41)]) {
        expect(await create(slug)).toMatchObject({ code: "BAD_REQUEST" });
      }
      expect(await refusalOf(api.endpoint.update({ id, slug: "local" }))).toMatchObject({ code: "BAD_REQUEST" });
    });

    it("a model or an address listed twice, and a model that can do nothing", async () => {
      const { api, id } = await withServer();
      const update = (input: object) => refusalOf(api.endpoint.update({ id, ...input }));
      expect(await update({ models: [model("a"), model("a")] })).toMatchObject({ code: "BAD_REQUEST" });
      expect(await update({ models: [model("a", { chat: false })] })).toMatchObject({ code: "BAD_REQUEST" });
      expect(await update({ models: [model("a", { chat: false, vision: true })] })).toMatchObject({
        details: { fields: { "models.0.vision": expect.stringContaining("chat") } },
      });
      expect(await update({ models: [model("a", { chat: false, rerank: true })] })).toBeNull();
      const twice = [{ baseUrl: open.baseUrl }, { baseUrl: `${open.baseUrl}/` }];
      expect(await update({ replicas: twice })).toMatchObject({ code: "BAD_REQUEST" });
    });

    it("more than the bounds allow", async () => {
      const { api, id } = await withServer();
      const update = (input: object) => refusalOf(api.endpoint.update({ id, ...input }));
      const many = (count: number) => Array.from({ length: count }, (_, index) => model(`m${index}`));
      expect(await update({ models: many(endpointLimits.models) })).toBeNull();
      for (const input of [
        { models: many(endpointLimits.models + 1) },
        { replicas: Array.from({ length: 17 }, (_, index) => ({ baseUrl: `http://10.0.0.${index}/v1` })) },
        { replicas: [] },
        { name: "n".repeat(81) },
        { apiKey: "k".repeat(2001) },
        { apiKey: "zwölf" },
        { maxConcurrency: 0 },
        { maxConcurrency: 1001 },
        { timeoutMs: 999 },
        { timeoutMs: 600_001 },
        { models: [model("m", { inputUsdPerM: -1 })] },
        { models: [model("m".repeat(201))] },
        { embedded: true },
        { workspaceId: "another" },
      ]) {
        expect(await update(input)).toMatchObject({ code: "BAD_REQUEST" });
      }
    });

    it("one endpoint more than a workspace holds", async () => {
      const { owner, api } = await newWorkspace();
      await database.prisma.modelEndpoint.createMany({
        data: Array.from({ length: endpointLimits.endpoints }, (_, index) => ({
          workspaceId: owner.workspaceId,
          name: `E${index}`,
          slug: `e${index}`,
        })),
      });
      const input = { name: "A", slug: "a", replicas: [{ baseUrl: open.baseUrl }] };
      expect(await refusalOf(api.endpoint.create(input))).toMatchObject({ details: { reason: "limit-reached" } });
    });

    it("to remove the embedded endpoint, or to change more than its switch and limits", async () => {
      const { owner, api } = await newWorkspace();
      const id = (await api.endpoint.list())[0]?.id ?? "";
      expect(await refusalOf(api.endpoint.remove({ id }))).toMatchObject({ code: "BAD_REQUEST" });
      for (const input of [
        { slug: "mine" },
        { replicas: [{ baseUrl: open.baseUrl }] },
        { apiKey: "k" },
        { models: [] },
      ]) {
        expect(await refusalOf(api.endpoint.update({ id, ...input }))).toMatchObject({ code: "BAD_REQUEST" });
      }
      await api.endpoint.update({ id, enabled: false, maxConcurrency: 2, timeoutMs: 60_000 });
      await expect(ask(owner, "default")).rejects.toMatchObject({ code: "model-unknown" });
    });
  });
});
