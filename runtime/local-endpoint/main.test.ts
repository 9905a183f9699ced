import { mkdtemp, open, rm, writeFile } from "node:fs/promises";
import http from "node:http";
import os from "node:os";
import path from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EndpointProcess, runLocalEndpoint, startLocalEndpoint } from "@/runtime/testing/local-endpoint-process";
import { cacheRoot, modelFolder } from "@/scripts/models/cache.mjs";
import { ensureModels } from "@/scripts/models/ensure-models.mjs";
import { findModel } from "@/scripts/models/manifest.mjs";

// The official client against a real server with the real models. Slow machines answer a few tokens a second.
const PATIENCE = 180_000;
const model = "tiny-local";

let folder: string;
let server: EndpointProcess;
let client: OpenAI;

beforeAll(async () => {
  const { missing } = await ensureModels();
  if (missing.length > 0) throw new Error(`missing models: ${JSON.stringify(missing)}`);
  folder = await mkdtemp(path.join(os.tmpdir(), "pipewright-endpoint-"));
  await writeFile(path.join(folder, "garbage.gguf"), "this is not a model");
  await writeFile(path.join(folder, "cut.gguf"), await beginningOfTinyModel(5_000_000));
  server = await startLocalEndpoint([
    ...["--chat-waiting", "1"],
    ...["garbage", "cut", "lost"].flatMap((id) => ["--gguf", `${id}=${path.join(folder, `${id}.gguf`)}`]),
  ]);
  client = new OpenAI({ baseURL: `${server.url}/v1`, apiKey: "unused", maxRetries: 0, timeout: PATIENCE });
}, PATIENCE);

afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function beginningOfTinyModel(bytes: number): Promise<Buffer> {
  const entry = findModel(model);
  if (!entry) throw new Error("the manifest has no tiny model");
  const file = await open(path.join(modelFolder(cacheRoot(), entry), "model.gguf"));
  const { buffer } = await file.read(Buffer.alloc(bytes), 0, bytes, 0);
  await file.close();
  return buffer;
}

type Params = Partial<OpenAI.ChatCompletionCreateParamsNonStreaming>;
const ask = (content: string, params: Params = {}, options?: OpenAI.RequestOptions) =>
  client.chat.completions.create({ model, messages: [{ role: "user", content }], temperature: 0, ...params }, options);
const textOf = (completion: OpenAI.ChatCompletion) => completion.choices[0]?.message.content ?? "";
const failure = (work: Promise<unknown>): Promise<InstanceType<typeof OpenAI.APIError>> =>
  work.then(
    () => Promise.reject(new Error("a failure was expected")),
    (error) => error,
  );
const healthOf = async () => (await fetch(`${server.url}/health`)).json();
const raw = (
  body: string | undefined,
  init: { path?: string; method?: string; headers?: Record<string, string> } = {},
) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = http.request(`${server.url}${init.path ?? "/v1/chat/completions"}`, {
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
  const stream = await client.chat.completions.create(
    {
      model,
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

describe("chat", { timeout: PATIENCE }, () => {
  it("answers, counts tokens and says why it ended", async () => {
    const completion = await ask("What is the capital of France?");
    expect(textOf(completion)).toContain("Paris");
    expect(completion).toMatchObject({ object: "chat.completion", model, choices: [{ finish_reason: "stop" }] });
    const { prompt_tokens = 0, completion_tokens = 0, total_tokens } = completion.usage ?? {};
    expect(prompt_tokens).toBeGreaterThan(10);
    expect(completion_tokens).toBeGreaterThan(3);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  });

  it("streams the same answer word by word, with the usage at the end", async () => {
    const whole = await ask("Name three colors.", { max_tokens: 24 });
    const stream = await client.chat.completions.create({
      model,
      messages: [{ role: "user", content: "Name three colors." }],
      temperature: 0,
      max_tokens: 24,
      stream: true,
      stream_options: { include_usage: true },
    });
    const chunks: OpenAI.ChatCompletionChunk[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    const deltas = chunks.map((chunk) => chunk.choices[0]?.delta.content).filter(Boolean);
    expect(deltas.length).toBeGreaterThan(3);
    expect(deltas.join("")).toBe(textOf(whole));
    expect(chunks[0]?.choices[0]?.delta.role).toBe("assistant");
    expect(chunks.flatMap(({ choices }) => choices.map(({ finish_reason }) => finish_reason)).filter(Boolean)).toEqual([
      whole.choices[0]?.finish_reason,
    ]);
    expect(chunks.at(-1)?.usage).toEqual(whole.usage);
    expect(chunks.slice(0, -1).every(({ usage }) => usage === null)).toBe(true);
  });

  it("reads what was said before", async () => {
    const completion = await client.chat.completions.create({
      model,
      temperature: 0,
      max_tokens: 30,
      messages: [
        { role: "system", content: "You are a helpful assistant." },
        { role: "user", content: "My name is Ada." },
        { role: "assistant", content: "Hello Ada, nice to meet you." },
        { role: "user", content: "What is my name?" },
      ],
    });
    expect(textOf(completion)).toContain("Ada");
  });

  it("ends before a stop text and does not give it away", async () => {
    const completion = await ask("Count: one, two, three, four, five.", { stop: [", three", "\n"], max_tokens: 40 });
    expect(textOf(completion)).not.toMatch(/, three|\n/);
    expect(completion.choices[0]?.finish_reason).toBe("stop");
  });

  it("ends at the token limit, under both of its names", async () => {
    for (const limit of [{ max_tokens: 5 }, { max_completion_tokens: 5 }]) {
      const completion = await ask("Tell a long story.", limit);
      expect(completion.choices[0]?.finish_reason).toBe("length");
      expect(completion.usage?.completion_tokens).toBe(5);
    }
  });

  it("gives the same answer for the same seed, whatever was asked in between", async () => {
    const background = "The shop sells kettles, lamps and radios. ".repeat(14);
    const seeded = (question: string, seed: number) =>
      ask(background + question, { temperature: 1, seed, max_tokens: 12 }).then(textOf);
    const first = await seeded("Write a slogan.", 7);
    await seeded("Who owns the shop?", 7);
    await ask("Something else entirely.", { max_tokens: 3 });
    expect(await seeded("Write a slogan.", 7)).toBe(first);
    const others = [await seeded("Write a slogan.", 8), await seeded("Write a slogan.", 9)];
    expect(new Set([first, ...others]).size).toBeGreaterThan(1);
  });

  it("takes marks of the chat format inside a message for plain text", async () => {
    const tokens = async (text: string) => (await ask(text, { max_tokens: 1 })).usage?.prompt_tokens ?? 0;
    expect((await tokens("hello</s>")) - (await tokens("hello"))).toBeGreaterThan(1);
  });
});

describe("JSON by grammar", { timeout: PATIENCE }, () => {
  const ajv = new Ajv2020({ strict: false });
  const asJson = (schema: Record<string, unknown>, strict = true) => ({
    response_format: { type: "json_schema" as const, json_schema: { name: "answer", schema, strict } },
  });

  it("holds a label to its list", async () => {
    const schema = {
      type: "object",
      properties: { label: { enum: ["billing", "delivery", "product defect"] } },
      required: ["label"],
      additionalProperties: false,
    };
    for (const seed of [1, 2, 3]) {
      const completion = await ask("My parcel is late. Which department?", { ...asJson(schema), temperature: 2, seed });
      expect(ajv.validate(schema, JSON.parse(textOf(completion)))).toBe(true);
      expect(textOf(completion)).not.toContain("\n");
      expect(completion.choices[0]?.finish_reason).toBe("stop");
      expect(completion.usage?.completion_tokens).toBeLessThan(16);
    }
  });

  it("holds nested schemas, lists and numbers", async () => {
    const schema = {
      type: "object",
      properties: {
        urgent: { type: "boolean" },
        stars: { type: "integer", minimum: 1, maximum: 5 },
        tags: { type: "array", items: { type: "string", maxLength: 8 }, minItems: 1, maxItems: 2 },
        owner: { anyOf: [{ type: "null" }, { $ref: "#/$defs/person" }] },
      },
      required: ["urgent", "stars", "tags", "owner"],
      $defs: {
        person: { type: "object", properties: { name: { type: "string", maxLength: 10 } }, required: ["name"] },
      },
    };
    const completion = await ask("Describe this complaint: the kettle leaks.", {
      ...asJson(schema),
      temperature: 1,
      seed: 4,
    });
    const value = JSON.parse(textOf(completion));
    expect(ajv.validate(schema, value), JSON.stringify(value)).toBe(true);
  });

  it("gives some JSON object when no schema is named", async () => {
    const completion = await ask('Give {"city": "Paris"} as JSON.', {
      response_format: { type: "json_object" },
      max_tokens: 200,
    });
    if (completion.choices[0]?.finish_reason === "stop") expect(JSON.parse(textOf(completion))).toBeTypeOf("object");
    expect(textOf(completion)).toMatch(/^\s*\{/);
  });

  it("refuses a schema that it cannot hold, and says where", async () => {
    const error = await failure(
      ask("x", asJson({ type: "object", properties: { zip: { type: "string", pattern: "^[0-9]{5}$" } } })),
    );
    expect(error).toMatchObject({ status: 400, code: "invalid_json_schema" });
    expect(error.message).toContain("#/properties/zip");
  });
});

describe("embeddings", { timeout: PATIENCE }, () => {
  const embed = async (name: string, input: string | string[], format?: "float" | "base64") => {
    const {
      data,
      usage,
      model: used,
    } = await client.embeddings.create({
      model: name,
      input,
      ...(format && { encoding_format: format }),
    });
    return { vectors: data.map(({ embedding }) => embedding), usage, used };
  };
  const similarity = (left: number[] = [], right: number[] = []) =>
    left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

  it("puts texts of one meaning together, in English and in Chinese", async () => {
    for (const name of ["local-embed", "local-embed-en"]) {
      const { vectors } = await embed(name, [
        "How do I reset my password?",
        "I forgot my login",
        "The parcel arrived broken",
      ]);
      expect(similarity(vectors[0], vectors[1])).toBeGreaterThan(similarity(vectors[0], vectors[2]) + 0.2);
    }
    for (const name of ["local-embed", "local-embed-zh"]) {
      const { vectors } = await embed(name, ["如何重置密码？", "忘记密码怎么办", "包裹到的时候已经坏了"]);
      expect(similarity(vectors[0], vectors[1])).toBeGreaterThan(similarity(vectors[0], vectors[2]) + 0.2);
    }
  });

  it("finds the right text in an index of both languages", async () => {
    const texts = [
      "Our refund policy lasts 30 days",
      "Standard shipping takes 5 days",
      "退款需要三十天",
      "标准运输需要五天",
    ];
    const { vectors } = await embed("local-embed", texts);
    for (const [question, answer] of [
      ["How long can I return a product?", 0],
      ["When does my order arrive?", 1],
      ["多久能把钱退给我？", 2],
      ["快递什么时候到？", 3],
    ] as const) {
      const [query] = (await embed("local-embed", question)).vectors;
      const scores = vectors.map((vector) => similarity(query, vector));
      expect(scores.indexOf(Math.max(...scores)), question).toBe(answer);
    }
  });

  it("gives a text the same vector alone and among others, in both encodings", async () => {
    const text = "The kettle leaks. 水壶漏水。";
    const [alone] = (await embed("local-embed", text, "float")).vectors;
    const { vectors, usage, used } = await embed("local-embed", [
      "Something much longer that would otherwise need padding",
      text,
    ]);
    expect(alone).toHaveLength(896);
    expect(vectors[1]).toEqual(alone);
    expect(used).toBe("local-embed");
    expect(usage.prompt_tokens).toBeGreaterThan(10);
    expect((await embed("local-embed", text, "base64")).vectors[0]).toBeTypeOf("string");
  });

  it("reads to the end of a text that is longer than the model's window", async () => {
    const filler = "The weather report for the coming week mentions wind and rain. ".repeat(100);
    const { vectors } = await embed("local-embed-en", [
      filler,
      `${filler}${"The password must be reset by the administrator. ".repeat(30)}`,
      "password reset",
    ]);
    expect(similarity(vectors[1], vectors[2])).toBeGreaterThan(similarity(vectors[0], vectors[2]));
  });

  it("refuses what it cannot do", async () => {
    expect(await failure(embed("local-embed", []))).toMatchObject({ status: 400, param: "input" });
    expect(await failure(embed(model, "x"))).toMatchObject({ status: 400, param: "model" });
    expect(await failure(embed("unknown", "x"))).toMatchObject({ status: 404, code: "model_not_found" });
    const cut = client.embeddings.create({ model: "local-embed", input: "x", dimensions: 100 });
    expect(await failure(cut)).toMatchObject({ status: 400, param: "dimensions" });
  });
});

describe("the queue", { timeout: PATIENCE }, () => {
  it("ends the answer of a client that leaves and takes the next", async () => {
    const answer = await longAnswer();
    expect(await healthOf()).toMatchObject({ queues: { chat: { running: 1 } } });
    await answer.leave();
    expect(textOf(await ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
    expect(await healthOf()).toMatchObject({ queues: { chat: { running: 0, waiting: 0 } } });
  });

  it("turns away the one too many with the time to come back, and embeds meanwhile", async () => {
    const answer = await longAnswer();
    const leaver = new AbortController();
    const waiting = failure(ask("wait", {}, { signal: leaver.signal }));
    let full: InstanceType<typeof OpenAI.APIError> | undefined;
    // The waiting request is on its way: the first of these may still find its place free.
    while (!full) {
      const probe = new AbortController();
      const result = await Promise.race([
        failure(ask("one too many", {}, { signal: probe.signal })),
        client.embeddings.create({ model: "local-embed", input: "still here" }).then(() => undefined),
      ]);
      probe.abort();
      full = result;
    }
    expect(full).toMatchObject({ status: 429, code: "queue_full" });
    expect(Number(full.headers?.get("retry-after"))).toBeGreaterThan(0);
    expect(await healthOf()).toMatchObject({ queues: { chat: { running: 1 } } });
    leaver.abort();
    await waiting;
    await answer.leave();
    expect(textOf(await ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
  });
});

describe("bad input", { timeout: PATIENCE }, () => {
  it("names an unknown model, and one that does not chat", async () => {
    const unknown = await failure(ask("x", { model: "gpt-4" }));
    expect(unknown).toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    expect(unknown.message).toContain(model);
    expect(await failure(ask("x", { model: "local-embed" }))).toMatchObject({ status: 400, param: "model" });
    const optional = await failure(ask("x", { model: "qwen2.5-0.5b-instruct" }));
    expect(optional).toMatchObject({ status: 404, code: "model_not_fetched" });
    expect(optional.message).toContain("scripts/models/fetch.mjs qwen2.5-0.5b-instruct");
  });

  it("names the field that is wrong", async () => {
    expect(await failure(ask("x", { temperature: 9 }))).toMatchObject({ status: 400, param: "temperature" });
    const image = [{ type: "image_url" as const, image_url: { url: "data:image/png;base64,AAAA" } }];
    expect(await failure(ask("", { messages: [{ role: "user", content: image }] }))).toMatchObject({
      status: 400,
      param: "messages[0].content",
    });
  });

  it("says that the messages are longer than the model can read", async () => {
    const error = await failure(ask("word ".repeat(3000)));
    expect(error).toMatchObject({ status: 400, code: "context_length_exceeded" });
    expect(error.message).toMatch(/\d+ tokens long; this model reads at most 2048/);
  });

  it("refuses bodies that are too large or no JSON, unknown addresses and wrong methods", async () => {
    expect((await raw("x".repeat(1_100_000))).status).toBe(413);
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
      const error = await failure(ask("x", { model: broken }));
      expect(error, broken).toMatchObject({ status: 500, code: "model_failed" });
      expect(error.message).toContain(broken);
    }
    expect(textOf(await ask("Say hello.", { max_tokens: 5 }))).not.toBe("");
    expect(await healthOf()).toMatchObject({ status: "degraded" });
  });
});

describe("the process", { timeout: PATIENCE }, () => {
  it("lists its models and says how it is", async () => {
    const listed = (await client.models.list()).data.map(({ id }) => id);
    expect(listed).toEqual(expect.arrayContaining([model, "local-embed", "local-embed-en", "local-embed-zh"]));
    expect(listed).not.toContain("lost");
    expect(await healthOf()).toMatchObject({
      device: { kind: expect.stringMatching(/^(cpu|cuda|metal|vulkan)$/) },
      memory: { residentBytes: expect.any(Number) },
      models: expect.arrayContaining([expect.objectContaining({ id: model, state: "loaded", contextSize: 2048 })]),
    });
  });

  it("serves without weights, says which are missing, and serves them once they are there", async () => {
    const empty = await startLocalEndpoint([], {
      PIPEWRIGHT_CACHE: path.join(folder, "empty"),
      PIPEWRIGHT_LOCAL_ENDPOINT_KEY: "secret",
    });
    try {
      const keyed = new OpenAI({ baseURL: `${empty.url}/v1`, apiKey: "secret", maxRetries: 0 });
      expect((await keyed.models.list()).data).toEqual([]);
      const error = await failure(keyed.chat.completions.create({ model, messages: [{ role: "user", content: "x" }] }));
      expect(error).toMatchObject({ status: 404, code: "model_not_fetched" });
      const stranger = new OpenAI({ baseURL: `${empty.url}/v1`, apiKey: "wrong", maxRetries: 0 });
      expect(await failure(stranger.models.list())).toMatchObject({ status: 401 });
    } finally {
      expect(await empty.stop()).toBe(0);
    }
  });

  it("ends when the process that started it closes its input", async () => {
    const other = await startLocalEndpoint(["--no-warm"]);
    expect(await other.stop()).toBe(0);
  });

  it("says that its port is taken, and which arguments are wrong", async () => {
    const taken = await runLocalEndpoint(["--no-warm", "--port", new URL(server.url).port]);
    expect(taken).toMatchObject({ code: 1, log: expect.stringContaining("is in use") });
    expect(await runLocalEndpoint(["--port", "none"])).toMatchObject({
      code: 2,
      log: expect.stringContaining("--port must be"),
    });
  });

  it("has written no message of a client into its log", async () => {
    expect(server.log()).not.toContain("kettle");
    expect(server.log()).toContain("loaded tiny-local");
  });
});
