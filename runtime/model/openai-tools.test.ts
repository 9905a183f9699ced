import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import type { Message } from "@/runtime/node/port";
import { collectReply } from "@/runtime/node/reply/collect-reply";
import type { ChatTool } from "@/runtime/node/tool";
import { type FakeOpenAiServer, startFakeOpenAiServer } from "@/runtime/testing/fake-openai-server";
import { systemClock } from "./clock";
import type { Learning } from "./openai-dialect";
import { createOpenAiEndpoint } from "./openai-endpoint";
import { createUndiciFetch } from "./undici-fetch";

const tool = (name: string, argument: string): ChatTool => ({
  name,
  description: `Looks up ${name}.`,
  parameters: { type: "object", properties: { [argument]: { type: "string" } }, required: [argument] },
});
const tools = [tool("get_weather", "city"), tool("get_time", "zone")];
const user: Message = { role: "user", content: "What is the weather in Paris?" };

describe("tools at an endpoint", () => {
  let server: FakeOpenAiServer;
  const learnt: Learning[] = [];
  beforeAll(async () => {
    server = await startFakeOpenAiServer();
  });
  afterAll(() => server.close());

  const endpoint = () =>
    createOpenAiEndpoint(
      { id: "fake", name: "Fake", baseUrl: server.baseUrl, apiKey: null, timeoutMs: 5_000 },
      { fetch: createUndiciFetch(), clock: systemClock, onLearnt: (_, learning) => learnt.push(learning) },
    );
  const ask = (model: string, request: Partial<ChatRequest> = {}, whole = false, of = endpoint()) =>
    collectReply(
      of.chat({ model, messages: [user], tools, ...request }, { signal: new AbortController().signal, whole }),
    );
  const bodies = () => server.requests.map(({ body }) => body as Readonly<Record<string, unknown>>);

  it.each([true, false])("gives the calls that a model asks for, in one piece: %s", async (whole) => {
    const { toolCalls, finish, text } = await ask("tools-parallel", {}, whole);
    expect(toolCalls).toEqual([
      { id: "call_fake_0_0", name: "get_weather", arguments: '{"city":"text"}' },
      { id: "call_fake_0_1", name: "get_time", arguments: '{"zone":"text"}' },
    ]);
    expect(text).toBe("");
    expect(finish).toMatchObject({ reason: "tool-calls", outcome: null });
  });

  it.each(["tools-fragments", "tools-zero-index", "tools-no-index", "tools-whole-again", "tools-object"])(
    "puts the pieces of two calls together as %s sends them",
    async (model) => {
      const { toolCalls, finish } = await ask(model);
      expect(toolCalls.map(({ name, arguments: given }) => [name, JSON.parse(given)])).toEqual([
        ["get_weather", { city: "text" }],
        ["get_time", { zone: "text" }],
      ]);
      expect(new Set(toolCalls.map(({ id }) => id)).size).toBe(2);
      expect(finish?.reason).toBe("tool-calls");
    },
  );

  it("makes ids where the server gives none, and none that the conversation has", async () => {
    const first = await ask("tools-no-id");
    expect(first.toolCalls.map(({ id }) => id)).toEqual(["call00000", "call00001"]);
    const messages: Message[] = [user, { role: "assistant", content: "", toolCalls: [...first.toolCalls] }];
    const second = await ask("tools-no-id", { messages });
    expect(second.toolCalls.map(({ id }) => id)).toEqual(["call00002", "call00003"]);
  });

  it.each([true, false])("reads calls that the server left in the text, in one piece: %s", async (whole) => {
    const { toolCalls, text, finish } = await ask("tools-in-text", {}, whole);
    expect(toolCalls.map(({ name }) => name)).toEqual(["get_weather", "get_time"]);
    expect(text).toBe("");
    expect(finish).toMatchObject({ reason: "tool-calls", outcome: null });
  });

  it("leaves such text alone where no tools were offered", async () => {
    const content = 'Say <tool_call>{"name": "x", "arguments": {}}</tool_call> now';
    const { text, toolCalls } = await ask("echo", { tools: [], messages: [{ role: "user", content }] });
    expect([text, toolCalls]).toEqual([content, []]);
  });

  it("hands on arguments that do not parse as they are, and never sends them back so", async () => {
    const { toolCalls } = await ask("tools-broken");
    expect(toolCalls).toMatchObject([{ name: "get_weather", arguments: '{"city": "Par' }]);
    const messages: Message[] = [
      user,
      { role: "assistant", content: "", toolCalls: [...toolCalls] },
      { role: "tool", content: "That was no JSON.", toolCallId: toolCalls[0]?.id ?? "" },
    ];
    const { text } = await ask("tools-broken", { messages });
    expect(text).toBe("The tools gave: That was no JSON.");
    expect(bodies().at(-1)?.messages).toMatchObject([
      { role: "user" },
      {
        role: "assistant",
        content: null,
        tool_calls: [{ function: { arguments: '{"unreadable":"{\\"city\\": \\"Par"}' } }],
      },
      { role: "tool", tool_call_id: toolCalls[0]?.id },
    ]);
  });

  it("learns that a server knows no tools, and tells its model of them in words", async () => {
    const subject = endpoint();
    const { text } = await ask("no-tools", {}, false, subject);
    expect(text).not.toBe("");
    expect(learnt.at(-1)).toMatchObject({ dialect: { tools: "prompt" } });
    const body = bodies().at(-1);
    expect(body).not.toHaveProperty("tools");
    expect(JSON.stringify(body?.messages)).toContain("get_weather");
    expect(body?.response_format).toMatchObject({ type: "json_schema" });
    const asked = server.requests.length;
    await ask("no-tools", {}, false, subject);
    expect(server.requests.length).toBe(asked + 1);
  });

  it("learns that a model cannot be made to call", async () => {
    await ask("no-tool-choice", { toolChoice: "required" });
    expect(learnt.at(-1)).toMatchObject({ dialect: { toolChoice: false } });
    expect(bodies().at(-1)).toHaveProperty("tools");
    expect(bodies().at(-1)).not.toHaveProperty("tool_choice");
  });

  it("says how tools are to be used", async () => {
    await ask("tools", { toolChoice: "none" });
    expect(bodies().at(-1)).toMatchObject({
      tool_choice: "none",
      tools: [{ type: "function", function: { name: "get_weather" } }, { function: { name: "get_time" } }],
    });
  });

  it("gives the calls before the finish, which is last", async () => {
    const parts: ChatPart[] = [];
    const options = { signal: new AbortController().signal };
    for await (const part of endpoint().chat({ model: "tools", messages: [user], tools }, options)) parts.push(part);
    expect(parts.map(({ type }) => type)).toEqual(["tool-call", "finish"]);
  });
});
