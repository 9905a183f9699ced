import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport } from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { talkDocument } from "@/server/domain/conversation/conversation-fixture";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { guardRoute } from "@/server/platform/route/route";
import { publishedFixture } from "../published/published-fixture";
import { answerMcp } from "./answer-mcp";
import { conversationArgument } from "./talk-arguments";
import { mostUnread, Unread } from "./unread";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let echo: Awaited<ReturnType<typeof house.publish>>;
beforeAll(async () => {
  house = await publishedFixture(["echo", "never", "error-401"]);
  echo = await house.publish("echo");
});
afterAll(() => house.close());

const connected = async (key = house.key) => {
  const client = new Client({ name: "test", version: "1" });
  const requestInit = { headers: { authorization: `Bearer ${key}` } };
  await client.connect(new StreamableHTTPClientTransport(new URL(`${house.origin}/api/mcp`), { requestInit }) as never);
  return client;
};

it("is listed with its schemas and called by the official client, with progress by step", async () => {
  const client = await connected();
  expect(client.getServerVersion()).toMatchObject({ name: "pipewright" });
  const { tools } = await client.listTools();
  expect(tools.find(({ name }) => name === echo.slug)).toMatchObject({
    title: "With echo",
    inputSchema: { type: "object", required: ["q"], properties: { q: { type: "string", maxLength: 100 } } },
    outputSchema: { type: "object", properties: { answer: expect.anything(), raw: expect.anything() } },
  });
  const told: { progress: number; total?: number | undefined; message?: string | undefined }[] = [];
  const result = await client.callTool({ name: echo.slug, arguments: { q: "Hi" } }, undefined, {
    onprogress: (progress) => told.push(progress),
  });
  expect(result.structuredContent).toEqual({ answer: "Result: Answer: Hi", raw: "Answer: Hi" });
  expect(result.isError).not.toBe(true);
  expect(told.map(({ message }) => message)).toContain("Model");
  expect(told.at(-1)).toMatchObject({ progress: 3, total: 3 });
  const { runId } = result._meta as { runId: string };
  expect(await house.database.prisma.run.findUniqueOrThrow({ where: { id: runId } })).toMatchObject({ way: "mcp" });
  await client.ping();
  await client.close();
});

it("runs once for all calls with one Idempotency-Key, and refuses another call under it", async () => {
  const headers = { authorization: `Bearer ${house.key}`, "idempotency-key": "mcp-once" };
  const again = async (q: string) => {
    const client = new Client({ name: "test", version: "1" });
    await client.connect(
      new StreamableHTTPClientTransport(new URL(`${house.origin}/api/mcp`), { requestInit: { headers } }) as never,
    );
    const result = await client.callTool({ name: echo.slug, arguments: { q } });
    await client.close();
    return result;
  };
  const [first, second] = [await again("Once"), await again("Once")];
  expect(first.structuredContent).toEqual({ answer: "Result: Answer: Once", raw: "Answer: Once" });
  expect(second.structuredContent).toEqual(first.structuredContent);
  expect(second._meta?.runId).toBe(first._meta?.runId);
  const other = await again("Twice");
  expect(JSON.stringify(other.content)).toContain("idempotency-key-reused");
});

it("tells a client that does not read no more progress than it may leave unread", async () => {
  const stream = new ReadableStream<Uint8Array>({ start: (controller) => controller.enqueue(new Uint8Array(1)) });
  const unread = new Unread();
  const reader = unread.count(stream).getReader();
  let told = 0;
  const tell = () =>
    unread.tell(() => {
      told += 1;
    });
  for (let step = 0; step < 10_000; step += 1) tell();
  expect(told).toBe(mostUnread);
  await reader.read();
  tell();
  tell();
  expect(told).toBe(mostUnread + 1);
});

it("says what went wrong as a result that a model can read", async () => {
  const client = await connected();
  const { slug } = await house.publish("error-401");
  const textOf = (result: object) => JSON.stringify((result as { content: unknown }).content);
  const failed = await client.callTool({ name: slug, arguments: { q: "Hi" } });
  expect(failed.isError).toBe(true);
  expect(textOf(failed)).toContain("model-unauthorized");
  const wrong = await client.callTool({ name: echo.slug, arguments: { question: "Hi" } });
  expect(wrong.isError).toBe(true);
  expect(textOf(wrong)).toContain('\\"q\\" is required');
  await expect(client.callTool({ name: "nobody", arguments: {} })).rejects.toThrow("There is no tool");
  await client.close();
});

it("goes on with a conversation by the id that the result tells, in an argument that is no input of the pipeline", async () => {
  const { slug } = await house.publishDocument("Talk", talkDocument({ messages: 4 }));
  const client = await connected();
  const { tools } = await client.listTools();
  const tool = tools.find(({ name }) => name === slug);
  expect(tool?.description).toContain("conversation_id");
  expect(tool?.inputSchema).toMatchObject({ required: ["text"], properties: { conversation_id: { type: "string" } } });
  expect(JSON.stringify(tools.find(({ name }) => name === echo.slug))).not.toContain("conversation");
  const say = (text: string, more: object = {}) => client.callTool({ name: slug, arguments: { text, ...more } });
  const first = await say("I am Ada.", { conversation_id: "" });
  const { conversation_id, turn } = first._meta as { conversation_id: string; turn: number };
  expect(turn).toBe(1);
  // A model reads the words alone.
  expect(JSON.stringify(first.content)).toContain(`conversation_id: ${conversation_id}`);
  const second = await say("Who am I?", { conversation_id });
  expect(second._meta).toMatchObject({ conversation_id, turn: 2 });
  expect((second.structuredContent as { history: { content: string }[] }).history[0]?.content).toBe("I am Ada.");
  const wrong = await say("?", { conversation_id: 7 });
  expect(wrong).toMatchObject({ isError: true });
  expect(JSON.stringify(wrong.content)).toContain("no id of a conversation");
  expect(conversationArgument([{ name: "conversation_id" }, { name: "_conversation_id" }])).toBe("__conversation_id");
  await client.close();
});

it("tells a caller of a fault of the app no more than where it is written down", async () => {
  const logged = vi.spyOn(console, "error").mockImplementation(() => {});
  const fault = () => Promise.reject(new Error("table at db.internal:5432"));
  const answer = guardRoute(
    { auth: "api-key" },
    (call) =>
      answerMcp({ ...call, database: { ...call.database, prisma: { deployment: { findMany: fault } } } as never }),
    async () => house.database,
  );
  const say = (method: string, params: object) =>
    answer(
      new Request("http://x/api/mcp", {
        method: "POST",
        headers: {
          authorization: `Bearer ${house.key}`,
          "content-type": "application/json",
          accept: "application/json, text/event-stream",
        },
        body: JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }),
      }),
      { params: Promise.resolve({}) },
    ).then((response) => response.text());
  for (const told of [await say("tools/list", {}), await say("tools/call", { name: echo.slug, arguments: {} })]) {
    expect(told).not.toContain("db.internal");
    const [id = "none"] = /[0-9a-f-]{36}/.exec(told) ?? [];
    expect(logged.mock.calls.flat().join(" ")).toContain(id);
  }
  logged.mockRestore();
});

it("shows a key its own pipelines alone, and strangers nothing", async () => {
  const { key } = await house.api.apiKey.create({ name: "One", deploymentIds: [echo.id] });
  const client = await connected(key);
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual([echo.slug]);
  await client.close();
  await expect(connected("pw_unknown-unknown-unknown")).rejects.toThrow();
});

it("cancels the run of a caller that has gone", async () => {
  const { slug, id } = await house.publish("never");
  const client = await connected();
  const called = client.callTool({ name: slug, arguments: { q: "Hi" } }).catch(() => null);
  const runOf = () =>
    liveRunsOf(house.database).ids.find((each) => liveRunsOf(house.database).get(each)?.run.deploymentId === id);
  await vi.waitFor(() => expect(runOf()).toBeDefined(), { timeout: 20_000 });
  const live = liveRunsOf(house.database).get(runOf() as string);
  await client.close();
  await called;
  await live?.finished;
  expect(live?.state.status).toBe("aborted");
});

it.each<[string, unknown, number]>([
  ["no JSON-RPC", { hello: 1 }, 400],
  ["a batch", [{ jsonrpc: "2.0", id: 1, method: "ping" }], 400],
  ["no JSON", "{", 400],
])("refuses %s", async (_, body, status) => {
  const response = await fetch(`${house.origin}/api/mcp`, {
    method: "POST",
    headers: {
      authorization: `Bearer ${house.key}`,
      "content-type": "application/json",
      accept: "application/json, text/event-stream",
    },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });
  expect(response.status).toBe(status);
  expect((await fetch(`${house.origin}/api/mcp`, { method: "GET" })).status).toBe(405);
});
