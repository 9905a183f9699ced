import { Validator } from "@seriousme/openapi-schema-validator";
import { transform } from "esbuild";
import { parseSync } from "oxc-parser";
import { generateApi } from "swagger-typescript-api";
import { afterAll, beforeAll, expect, it } from "vitest";
import { emptyDocument, type GraphNode } from "@/runtime/graph/document";
import { talkDocument } from "@/server/domain/conversation/conversation-fixture";
import { typescriptClient } from "@/server/domain/deployment/describe/typescript-client";
import { publishedFixture } from "./published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let echo: Awaited<ReturnType<typeof house.publish>>;
let every: typeof echo;
beforeAll(async () => {
  house = await publishedFixture(["echo"]);
  echo = await house.publish("echo");
  every = await house.publishDocument("Every kind of input", everyKind);
});
afterAll(() => house.close());

const node = (id: string, type: string, config: GraphNode["config"]): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
});
const everyKind = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", {
      fields: [
        { name: "words", maxLength: 20, help: "Ends a comment: */ and\ngoes on." },
        { name: "count", kind: "number", minimum: 1, maximum: 9, required: false },
        { name: "tone", kind: "choice", options: ["dry", 'so "called"'], required: false },
        { name: "facts", kind: "json", required: false },
        { name: "picture", kind: "image", required: false },
      ],
    }),
    node("out", "io/output", { outputs: [{ name: "said" }, { name: "facts" }] }),
  ],
  edges: [
    { id: "a", from: { node: "in", port: "words" }, to: { node: "out", port: "said" } },
    { id: "b", from: { node: "in", port: "facts" }, to: { node: "out", port: "facts" } },
  ],
};

const read = async (path: string) => {
  const response = await fetch(`${house.origin}${path}`, { headers: { authorization: `Bearer ${house.key}` } });
  return { status: response.status, document: await response.json() };
};

it("describes one pipeline and all of them in a document that an independent validator takes", async () => {
  for (const path of ["/api/v1/openapi.json", `/api/v1/pipelines/${every.slug}/openapi.json`]) {
    const { status, document } = await read(path);
    expect(status).toBe(200);
    const { valid, errors } = await new Validator().validate(structuredClone(document));
    expect(errors ?? []).toEqual([]);
    expect(valid).toBe(true);
    expect(document.openapi).toBe("3.1.0");
    expect(Object.keys(document.paths)).toContain(`/api/v1/pipelines/${every.slug}/runs`);
  }
  const { document } = await read("/api/v1/openapi.json");
  expect(Object.keys(document.paths)).toContain(`/api/v1/pipelines/${echo.slug}/runs`);
  expect(document.components.schemas.EveryKindOfInputInputs).toMatchObject({
    required: ["words"],
    properties: { words: { type: "string", maxLength: 20 }, count: { minimum: 1, maximum: 9 } },
    additionalProperties: false,
  });
});

it("describes to a key only what it may run", async () => {
  const { key } = await house.api.apiKey.create({ name: "One", deploymentIds: [echo.id] });
  const ask = (path: string, bearer: string) =>
    fetch(`${house.origin}${path}`, { headers: { authorization: `Bearer ${bearer}` } });
  const all = await (await ask("/api/v1/openapi.json", key)).json();
  expect(Object.keys(all.paths).every((path) => path.includes(`/${echo.slug}/`))).toBe(true);
  expect((await ask(`/api/v1/pipelines/${every.slug}/openapi.json`, key)).status).toBe(404);
  const { key: reader } = await house.api.apiKey.create({ name: "Reader", mayRun: false });
  expect((await ask("/api/v1/openapi.json", reader)).status).toBe(403);
});

it("is read by a generator of others, whose client runs the pipeline and is told what is wrong", async () => {
  const { document } = await read(`/api/v1/pipelines/${echo.slug}/openapi.json`);
  const { files } = await generateApi({ spec: document, output: false, silent: true, httpClientType: "fetch" });
  const { code } = await transform(files[0]?.fileContent ?? "", { loader: "ts", format: "esm" });
  const made = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  const client = new made.Api({
    baseUrl: house.origin,
    baseApiParams: { headers: { authorization: `Bearer ${house.key}` } },
  });
  const operations = Object.entries(client.api as Record<string, (body: object) => Promise<{ data: unknown }>>);
  const [, run] = operations.find(([name]) => /^(?:run|start)/i.test(name)) ?? [];
  expect(run, operations.map(([name]) => name).join()).toBeDefined();
  expect((await run?.({ inputs: { q: "Hi" } }))?.data).toMatchObject({
    status: "success",
    outputs: { raw: "Answer: Hi" },
  });
  await expect(run?.({ inputs: {} })).rejects.toMatchObject({
    status: 400,
    error: { error: { code: "input-invalid" } },
  });
});

it("a client in TypeScript is made from the ports, and runs, streams, starts, reads and cancels", async () => {
  const described = await house.api.deployment.describe({ id: echo.id });
  const other = await house.api.deployment.describe({ id: every.id });
  for (const { client } of [described, other]) expect(parseSync("client.ts", client).errors).toEqual([]);
  expect(other.client).toContain('readonly "tone"?: "dry" | "so \\"called\\"";');
  expect(other.client).toContain("* / and goes on.");
  expect(JSON.parse(other.openApi).openapi).toBe("3.1.0");

  const { code } = await transform(described.client, { loader: "ts", format: "esm" });
  const made = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  const [name] = Object.keys(made).filter((each) => each.endsWith("Client"));
  const client = new made[name as string]({ apiKey: house.key, baseUrl: house.origin });
  expect(await client.run({ q: "Hi" })).toMatchObject({ status: "success", outputs: { raw: "Answer: Hi" } });
  const events: string[] = [];
  for await (const { type } of client.stream({ q: "Hi" })) events.push(type);
  expect([events[0], events.at(-1)]).toEqual(["run-start", "run-end"]);
  const { runId } = await client.start({ q: "Hi" }, { idempotencyKey: "once" });
  expect((await client.start({ q: "Hi" }, { idempotencyKey: "once" })).runId).toBe(runId);
  await expect.poll(async () => (await client.read(runId)).status, { timeout: 20_000 }).toBe("success");
  expect((await client.cancel(runId)).status).toBe("success");
  await expect(client.run({})).rejects.toMatchObject({ status: 400, code: "input-invalid" });
});

it("describes conversations where the pipeline keeps them, and a client goes on with one", async () => {
  const talk = await house.publishDocument("Talk", talkDocument({ messages: 4 }));
  const { document } = await read(`/api/v1/pipelines/${talk.slug}/openapi.json`);
  const { valid, errors } = await new Validator().validate(structuredClone(document));
  expect([valid, errors ?? []]).toEqual([true, []]);
  const { TalkRequest: asked, TalkAnswer: answered } = document.components.schemas;
  expect(asked.additionalProperties).toBe(false);
  expect(Object.keys(asked.properties).sort()).toEqual(["background", "conversation_id", "inputs", "stream", "user"]);
  expect(Object.keys(answered.properties)).toEqual(expect.arrayContaining(["conversation_id", "turn"]));
  const plain = (await read(`/api/v1/pipelines/${echo.slug}/openapi.json`)).document.components.schemas;
  expect(Object.keys(plain.WithEchoRequest.properties).sort()).toEqual(["background", "inputs", "stream"]);

  const { client: source } = await house.api.deployment.describe({ id: talk.id });
  expect(parseSync("client.ts", source).errors).toEqual([]);
  const { code } = await transform(source, { loader: "ts", format: "esm" });
  const made = await import(`data:text/javascript;base64,${Buffer.from(code).toString("base64")}`);
  const client = new made.TalkClient({ apiKey: house.key, baseUrl: house.origin });
  const first = await client.run({ text: "I am Ada." }, { user: "ada" });
  expect(first).toMatchObject({ conversation_id: expect.any(String), turn: 1 });
  const second = await client.run({ text: "Who am I?" }, { user: "ada", conversationId: first.conversation_id });
  expect(second).toMatchObject({ conversation_id: first.conversation_id, turn: 2 });
  const third = await client.start({ text: "And then?" }, { user: "ada", conversationId: first.conversation_id });
  expect(third).toMatchObject({ status: "queued", conversation_id: first.conversation_id, turn: 3 });
});

it("is one file that says where the app is", () => {
  const client = typescriptClient(
    { slug: "a-b", name: "A", version: 1, keepsConversations: false, inputFields: [], outputs: [] },
    "https://x.example",
  );
  expect(client).toContain('baseUrl = "https://x.example"');
  expect(client).not.toContain("import ");
});

it("takes no sign of a pipeline's name for the end of its comment", () => {
  const client = typescriptClient(
    {
      slug: "a-b",
      name: "A\u2028globalThis.taken = 1 //\u2029x\nx",
      version: 1,
      keepsConversations: false,
      inputFields: [],
      outputs: [],
    },
    "https://x.example",
  );
  const [first = ""] = client.split(/[\n\r\u2028\u2029]/);
  expect(first).toContain("globalThis.taken");
});
