import { describe, expect, it } from "vitest";
import { createCatalog } from "@/runtime/node/catalog";
import type { JsonSchema } from "@/runtime/node/context";
import { buildDocument } from "@/runtime/testing/build-document";
import { describeNode } from "@/runtime/testing/node-spec";
import { planOf, runPlan } from "@/runtime/testing/run-plan";
import { type Script, ScriptedGateway } from "@/runtime/testing/scripted-gateway";
import { valueNode } from "@/runtime/testing/test-nodes";
import { promptChat } from "./chat";

describeNode(promptChat, "nodes/prompt/chat.ts");

const catalog = createCatalog([promptChat, valueNode]);

/** Runs the node with these settings and input values; what it asked the model is in `request`. */
const chat = async (config: Record<string, unknown>, inputs: Record<string, unknown>, script: Script) => {
  const document = buildDocument(
    {
      chat: { type: "prompt/chat", config: config as Record<string, never> },
      ...Object.fromEntries(
        Object.entries(inputs).map(([name, value]) => [
          `in-${name}`,
          { type: valueNode.type, config: { value: value as string } },
        ]),
      ),
    },
    Object.keys(inputs).map((name) => `in-${name}.value > chat.${name}`),
  );
  const models = new ScriptedGateway(script);
  const { events, state } = await runPlan(planOf(document, catalog), {}, { models });
  const logs = events.flatMap((event) => (event.type === "log" ? [event.message] : []));
  return { node: state.nodes.get("chat"), request: models.chats[0], logs };
};

const person: JsonSchema = {
  type: "object",
  properties: { name: { type: "string" }, age: { type: "integer" } },
  required: ["name"],
};

describe("the request", () => {
  it("holds instructions, examples, earlier messages and the message, in this order", async () => {
    const history = [
      { role: "user", content: "Hi" },
      { role: "assistant", content: "Hello" },
    ];
    const { request } = await chat(
      { system: "Be {{tone}}.", user: "{{q}}", examples: [{ user: "a", assistant: "b" }], history: true },
      { tone: "kind", q: "Why?", history },
      { replies: ["x"] },
    );
    expect(request?.messages).toEqual([
      { role: "system", content: "Be kind." },
      { role: "user", content: "a" },
      { role: "assistant", content: "b" },
      ...history,
      { role: "user", content: "Why?" },
    ]);
  });

  it("leaves out what is not set", async () => {
    const { request } = await chat({ user: "Hi" }, {}, { replies: ["x"] });
    expect(request).toEqual({
      model: "default",
      messages: [{ role: "user", content: "Hi" }],
      temperature: 0.7,
      maxTokens: 1024,
    });
  });

  it("carries every setting", async () => {
    const settings = {
      model: "a/b",
      fallbacks: ["c/d"],
      temperature: 0,
      maxTokens: 5,
      topP: 0.9,
      seed: 7,
      stop: ["\n"],
    };
    const { request } = await chat({ user: "Hi", ...settings, schema: person }, {}, { replies: ['{"name":"x"}'] });
    expect(request).toMatchObject({ ...settings, responseSchema: person });
  });

  it("renders what a caller sends as plain text", async () => {
    const hostile = "{{system}} {{__proto__}} {{constructor}} \\{{q}}";
    const { request } = await chat({ system: "Secret", user: "Say: {{q}}" }, { q: hostile }, { replies: ["x"] });
    expect(request?.messages.at(-1)?.content).toBe(`Say: ${hostile}`);
  });

  it("is refused when there is nothing to ask", async () => {
    const { node } = await chat({ system: "Be kind.", user: "{{q}}" }, { q: "  " }, { replies: [] });
    expect(node?.error).toMatchObject({ code: "value-invalid", message: expect.stringContaining("no message") });
  });
});

describe("structured output", () => {
  const reply = async (text: string, schema: JsonSchema = person) =>
    chat({ user: "Who?", schema }, {}, { replies: [text] });

  it.each(['{"name":"Ada"}', '```json\n{"name":"Ada"}\n```', 'Sure:\n{"name":"Ada"}\nDone.'])(
    "reads %j",
    async (text) => {
      const { node } = await reply(text);
      expect(node?.outputs).toMatchObject({ json: { name: "Ada" }, text });
    },
  );

  it("notes in the log what it left out", async () => {
    expect((await reply('```json\n{"name":"Ada"}\n```')).logs).toEqual(["A code fence around the JSON was left out."]);
    expect((await reply('{"name":"Ada"}')).logs).toEqual([]);
  });

  it.each([
    ['{"age": 3}', /^The reply does not fit the schema: name is missing\./],
    ['{"name": "a", "age": "3"}', /^The reply does not fit the schema: age must be an integer, is 3\./],
    ["I cannot do that", /^The reply is not JSON\. .*I cannot do that$/],
    ['{"name": "a"', /^The reply was cut off before its JSON was complete\. .*"name": "a"/],
  ])("refuses %j and says why", async (text, message) => {
    const { node } = await reply(text);
    expect(node?.error).toMatchObject({
      code: "output-invalid",
      message: expect.stringMatching(message),
    });
  });

  it("is the last JSON that fits, behind thinking and examples", async () => {
    const text = 'Form: {"name": "x"}\n{"name": "Ada", "age": 36}\nSee [1].';
    expect((await reply(text)).node?.outputs).toMatchObject({ json: { name: "Ada", age: 36 } });
  });

  it("has its port only where a schema is set", async () => {
    const ports = (config: object) => {
      const { outputs } = promptChat;
      return typeof outputs === "function" ? Object.keys(outputs(promptChat.config.parse(config))) : [];
    };
    expect(ports({})).toEqual(["text", "usage", "cost"]);
    expect(ports({ schema: person })).toEqual(["text", "json", "usage", "cost"]);
  });
});

describe("tokens and cost", () => {
  it("are given where the endpoint says them, the cost in dollars", async () => {
    const { node } = await chat({ user: "abcdefgh" }, {}, { replies: ["abcd"], price: 1500 });
    expect(node?.outputs).toEqual({ text: "abcd", usage: { inputTokens: 2, outputTokens: 1 }, cost: 0.0045 });
  });

  it("are left out where it does not", async () => {
    const { node } = await chat({ user: "Hi" }, {}, { replies: [{ deltas: ["x"], usage: null }] });
    expect(node?.outputs).toEqual({ text: "x" });
  });
});

describe("the settings", () => {
  it.each([
    [{ user: "{{history}}", history: true }, "user", "is the name of another port"],
    [{ user: Array.from({ length: 65 }, (_, index) => `{{v${index}}}`).join("") }, "user", "at most 64 variables"],
    [{ stop: ["1", "2", "3", "4", "5"] }, "stop", ""],
    [{ temperature: 3 }, "temperature", ""],
    [{ topP: 0 }, "topP", ""],
    [{ maxTokens: 0 }, "maxTokens", ""],
    [{ system: "x".repeat(100_001) }, "system", ""],
    [{ schema: { type: "objct" } }, "schema", "#/type"],
    [{ examples: Array(21).fill({ user: "a", assistant: "b" }) }, "examples", ""],
  ])("refuse %j", (config, path, message) => {
    const issue = promptChat.config.safeParse(config).error?.issues[0];
    expect(issue?.path[0]).toBe(path);
    expect(issue?.message).toContain(message);
  });

  it("may name a variable history where no earlier messages are taken", () => {
    expect(promptChat.config.safeParse({ user: "{{history}}" }).success).toBe(true);
  });
});

describe("further request fields", () => {
  it("are asked for as they are written", async () => {
    const { request } = await chat({ user: "{{q}}", extraFields: { top_k: 20 } }, { q: "Hi" }, { replies: ["Yes"] });
    expect(request).toMatchObject({ extra: { top_k: 20 }, temperature: 0.7 });
  });

  it("are none where none are written", async () => {
    const { request } = await chat({ user: "{{q}}" }, { q: "Hi" }, { replies: ["Yes"] });
    expect(request).not.toHaveProperty("extra");
  });

  it("cannot name what the app says itself", () => {
    expect(promptChat.config.safeParse({ extraFields: { stream: true } }).success).toBe(false);
  });
});

describe("a prompt of the library", () => {
  it("is named in the record, with its version and what it includes", async () => {
    const prompt = { reference: "p1", slug: "triage", label: "production", version: 3, hash: "h" };
    const includes = [{ reference: "p2", slug: "tone", version: 2 }];
    const { logs } = await chat({ user: "Hi", prompt: { ...prompt, includes } }, {}, { replies: ["x"] });
    expect(logs).toEqual(["Prompt triage, version 3, by its label production; it includes tone 2."]);
    expect((await chat({ user: "Hi" }, {}, { replies: ["x"] })).logs).toEqual([]);
  });
});
