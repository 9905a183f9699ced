import { cp, mkdtemp, open, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findModel } from "@/model-server/manifest/manifest.mjs";
import {
  chatModel,
  clientOf,
  failureOf,
  PATIENCE,
  type StartedEndpoint,
  startWithClient,
  textOf,
} from "@/runtime/testing/local-endpoint-client";
import { runLocalEndpoint, startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { cacheRoot, modelFolder } from "@/scripts/models/cache.mjs";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";

let folder: string;
let endpoint: StartedEndpoint;

beforeAll(async () => {
  await ensureModels();
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-endpoint-"));
  await writeFile(path.join(folder, "garbage.gguf"), "this is not a model");
  await writeFile(path.join(folder, "cut.gguf"), await beginningOfChatModel(5_000_000));
  endpoint = await startWithClient([
    ...["--chat-waiting", "1"],
    ...["garbage", "cut", "lost"].flatMap((id) => ["--gguf", `${id}=${path.join(folder, `${id}.gguf`)}`]),
  ]);
}, PATIENCE);

afterAll(async () => {
  await endpoint?.server.stop();
  await rm(folder, { recursive: true, force: true });
});

function weightsFolder(id: string, root = cacheRoot()): string {
  const entry = findModel(id);
  if (!entry) throw new Error(`the manifest has no ${id}`);
  return modelFolder(root, entry);
}

async function beginningOfChatModel(bytes: number): Promise<Buffer> {
  const file = await open(path.join(weightsFolder(chatModel), "model.gguf"));
  const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  await file.close();
  return buffer;
}

const raw = (
  body: string | undefined,
  init: { path?: string; method?: string; headers?: Record<string, string> } = {},
) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = http.request(`${endpoint.server.url}${init.path ?? "/v1/chat/completions"}`, {
      method: init.method ?? "POST",
      headers: { "content-type": "application/json", ...init.headers },
    });
    request.on("response", (response) => {
      let text = "";
      response.on("data", (chunk) => {
        text += chunk;
      });
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: text }));
    });
    request.on("error", reject);
    request.end(body);
  });

/** A long answer under way: resolves once its first words are there. */
async function longAnswer() {
  const stop = new AbortController();
  const stream = await endpoint.client.chat.completions.create(
    {
      model: chatModel,
      stream: true,
      max_tokens: 1500,
      temperature: 1,
      messages: [{ role: "user", content: "Tell a very long story about the sea." }],
    },
    { signal: stop.signal },
  );
  const parts = stream[Symbol.asyncIterator]();
  await parts.next();
  await parts.next();
  const ended = (async () => {
    while (!(await parts.next()).done);
  })().catch(() => undefined);
  return {
    leave: async () => {
      stop.abort();
      await ended;
    },
  };
}

describe("the queue", { timeout: PATIENCE }, () => {
  it("ends the answer of a client that leaves and takes the next", async () => {
    const answer = await longAnswer();
    expect(await endpoint.health()).toMatchObject({ queues: { chat: { running: 1 } } });
    await answer.leave();
    expect(textOf(await endpoint.ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
    expect(await endpoint.health()).toMatchObject({ queues: { chat: { running: 0, waiting: 0 } } });
  });

  it("turns away the one too many with the time to come back, and embeds meanwhile", async () => {
    const answer = await longAnswer();
    const leaver = new AbortController();
    const waiting = failureOf(endpoint.ask("wait", {}, { signal: leaver.signal }));
    let health = await endpoint.health();
    while (health.queues.chat.waiting === 0) health = await endpoint.health();
    const full = await failureOf(endpoint.ask("one too many"));
    expect(full).toMatchObject({ status: 429, code: "queue_full" });
    expect(Number(full.headers?.get("retry-after"))).toBeGreaterThan(0);
    const { data } = await endpoint.client.embeddings.create({ model: "local-embed", input: "still here" });
    expect(data[0]?.embedding).toHaveLength(896);
    expect(await endpoint.health()).toMatchObject({ queues: { chat: { running: 1, waiting: 1 } } });
    leaver.abort();
    await waiting;
    await answer.leave();
    // The server learns of both departures a moment after they happened.
    while (health.queues.chat.running + health.queues.chat.waiting > 0) health = await endpoint.health();
    expect(textOf(await endpoint.ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
  });
});

describe("bad input", { timeout: PATIENCE }, () => {
  it("names an unknown model, and one that does not chat", async () => {
    const unknown = await failureOf(endpoint.ask("x", { model: "gpt-4" }));
    expect(unknown).toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    expect(unknown.message).toContain(chatModel);
    expect(await failureOf(endpoint.ask("x", { model: "local-embed" }))).toMatchObject({ status: 400, param: "model" });
    const optional = await failureOf(endpoint.ask("x", { model: "qwen2.5-0.5b-instruct" }));
    expect(optional).toMatchObject({ status: 404, code: "model_not_fetched" });
    expect(optional.message).toContain("scripts/models/fetch.mjs qwen2.5-0.5b-instruct");
  });

  it("names the field that is wrong", async () => {
    expect(await failureOf(endpoint.ask("x", { temperature: 9 }))).toMatchObject({ status: 400, param: "temperature" });
    const image = [{ type: "image_url" as const, image_url: { url: "data:image/png;base64,AAAA" } }];
    expect(await failureOf(endpoint.ask("", { messages: [{ role: "user", content: image }] }))).toMatchObject({
      status: 400,
      param: "messages[0].content",
    });
  });

  it("says that the messages are longer than the model can read", async () => {
    const error = await failureOf(endpoint.ask("word ".repeat(5000)));
    expect(error).toMatchObject({ status: 400, code: "context_length_exceeded" });
    expect(error.message).toMatch(/\d+ tokens long; this model reads at most 4096/);
  });

  it("refuses bodies that are too large or no JSON, unknown addresses and wrong methods", async () => {
    const large = { "content-length": String(41 << 20) };
    expect((await raw("{", { headers: large })).status).toBe(413);
    expect((await raw("{", { headers: large, path: "/v1/embeddings" })).status).toBe(413);
    expect(await raw("{")).toMatchObject({ status: 400, body: expect.stringContaining("invalid_json") });
    expect((await raw("{}", { path: "/v1/nothing" })).status).toBe(404);
    expect((await raw("{}", { path: "/__proto__" })).status).toBe(404);
    expect((await raw(undefined, { method: "GET" })).status).toBe(405);
  });

  it("does not answer a web page from elsewhere", async () => {
    const origin = "https://evil.example";
    expect((await raw("{}", { headers: { origin } })).status).toBe(403);
    expect(
      (await raw(undefined, { path: "/v1/models", method: "GET", headers: { host: "evil.example" } })).status,
    ).toBe(403);
  });

  it("reports a model file that is damaged or gone at that model only", async () => {
    for (const broken of ["garbage", "cut", "lost"]) {
      const error = await failureOf(endpoint.ask("x", { model: broken }));
      expect(error, broken).toMatchObject({ status: 500, code: "model_failed" });
      expect(error.message).toContain(broken);
    }
    expect(textOf(await endpoint.ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
    expect(await endpoint.health()).toMatchObject({ status: "degraded" });
  });
});

describe("the process", { timeout: PATIENCE }, () => {
  it("lists its models and says how it is", async () => {
    await endpoint.ask("Say hello.", { max_tokens: 1 });
    const listed = (await endpoint.client.models.list()).data.map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining([chatModel, "local-embed", "local-embed-en", "local-embed-zh"]));
    expect(listed).not.toContain("lost");
    const able = await (await fetch(`${endpoint.server.url}/v1/models`)).json();
    for (const [id, capabilities] of [
      [chatModel, ["chat"]],
      ["local-embed", ["embedding"]],
      ["local-vision", ["chat", "vision"]],
      ["local-moderation", ["moderation"]],
      ["local-whisper", ["transcription"]],
      ["local-rerank", ["rerank"]],
    ] as const)
      expect(able.data).toContainEqual(
        expect.objectContaining({
          id,
          capabilities,
          title: { en: expect.any(String), zh: expect.any(String) },
          licence: expect.any(String),
          grade: expect.stringMatching(/^(demo|good)$/),
          present: true,
        }),
      );
    expect(await endpoint.health()).toMatchObject({
      device: { kind: expect.stringMatching(/^(cpu|cuda|metal|vulkan)$/) },
      memory: { residentBytes: expect.any(Number) },
      models: expect.arrayContaining([
        expect.objectContaining({
          id: chatModel,
          state: "loaded",
          contextSize: 4096,
          lastUsedAt: expect.stringMatching(/^20\d\d-/),
          memoryBytes: 1_117_320_768,
        }),
        expect.objectContaining({ id: "local-whisper", state: "unloaded", lastUsedAt: null, memoryBytes: 0 }),
      ]),
    });
  });

  it("serves without weights, says which are missing, and serves them once they are there", async () => {
    const empty = await startLocalEndpoint([], {
      PIPEWRIGHT_CACHE: path.join(folder, "empty"),
      PIPEWRIGHT_LOCAL_ENDPOINT_KEY: "secret",
    });
    try {
      const keyed = clientOf(empty, "secret");
      expect((await keyed.models.list()).data).toEqual([]);
      const error = await failureOf(
        keyed.chat.completions.create({ model: chatModel, messages: [{ role: "user", content: "x" }] }),
      );
      expect(error).toMatchObject({ status: 404, code: "model_not_fetched" });
      const moderation = await failureOf(keyed.moderations.create({ model: "local-moderation", input: "x" }));
      expect(moderation).toMatchObject({ status: 404, code: "model_not_fetched" });
      expect(moderation.message).toContain("scripts/models/fetch.mjs local-moderation");
      expect(await failureOf(clientOf(empty, "wrong").models.list())).toMatchObject({ status: 401 });
      await cp(weightsFolder("local-embed-zh"), weightsFolder("local-embed-zh", path.join(folder, "empty")), {
        recursive: true,
        preserveTimestamps: true,
      });
      expect((await keyed.models.list()).data.map(({ id }) => id)).toEqual(["local-embed-zh"]);
      expect((await keyed.embeddings.create({ model: "local-embed-zh", input: "你好" })).data).toHaveLength(1);
    } finally {
      expect(await empty.stop()).toBe(0);
    }
  });

  it("ends when the process that started it closes its input", async () => {
    const other = await startLocalEndpoint([]);
    expect(await other.stop()).toBe(0);
  });

  it("says that its port is taken, and which arguments are wrong", async () => {
    const taken = await runLocalEndpoint(["--port", new URL(endpoint.server.url).port]);
    expect(taken).toMatchObject({ code: 1, log: expect.stringContaining("is in use") });
    expect(await runLocalEndpoint(["--port", "none"])).toMatchObject({
      code: 2,
      log: expect.stringContaining("--port must be"),
    });
  });

  it("writes no message of a client into its log, not even of one that fails", async () => {
    await endpoint.ask("The secret word is quokka.", { max_tokens: 1 });
    await failureOf(endpoint.ask("quokka ".repeat(3000)));
    await failureOf(endpoint.ask("quokka", { model: "garbage" }));
    expect(endpoint.server.log()).not.toContain("quokka");
    expect(endpoint.server.log()).toContain("loaded qwen2.5-coder-1.5b");
  });
});
