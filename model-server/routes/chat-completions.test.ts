import { Ajv2020 } from "ajv/dist/2020.js";
import type OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  chatModel,
  failureOf,
  PATIENCE,
  type StartedEndpoint,
  startWithClient,
  textOf,
} from "@/runtime/testing/local-endpoint-client";

let endpoint: StartedEndpoint;
beforeAll(async () => {
  endpoint = await startWithClient([]);
}, PATIENCE);
afterAll(() => endpoint?.server.stop());

describe("chat", { timeout: PATIENCE }, () => {
  it("answers, counts tokens and says why it ended", async () => {
    const completion = await endpoint.ask("What is the capital of France?");
    expect(textOf(completion)).toContain("Paris");
    expect(completion).toMatchObject({
      object: "chat.completion",
      model: chatModel,
      choices: [{ finish_reason: "stop" }],
    });
    const { prompt_tokens = 0, completion_tokens = 0, total_tokens } = completion.usage ?? {};
    expect(prompt_tokens).toBeGreaterThan(10);
    expect(completion_tokens).toBeGreaterThan(3);
    expect(total_tokens).toBe(prompt_tokens + completion_tokens);
  });

  it("streams the same answer word by word, with the usage at the end", async () => {
    const whole = await endpoint.ask("Name three colors.", { max_tokens: 8 });
    const stream = await endpoint.client.chat.completions.create({
      model: chatModel,
      messages: [{ role: "user", content: "Name three colors." }],
      temperature: 0,
      max_tokens: 8,
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
    const completion = await endpoint.client.chat.completions.create({
      model: chatModel,
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
    const completion = await endpoint.ask("Count: one, two, three, four, five.", {
      stop: [", three", "\n"],
      max_tokens: 40,
    });
    expect(textOf(completion)).not.toMatch(/, three|\n/);
    expect(completion.choices[0]?.finish_reason).toBe("stop");
  });

  it("ends at the token limit, under both of its names", async () => {
    for (const limit of [{ max_tokens: 5 }, { max_completion_tokens: 5 }]) {
      const completion = await endpoint.ask("Tell a long story.", limit);
      expect(completion.choices[0]?.finish_reason).toBe("length");
      expect(completion.usage?.completion_tokens).toBe(5);
    }
  });

  it("gives the same answer for the same seed, whatever was asked in between", async () => {
    // With a dozen for the question, just longer than the 128 tokens that are kept for the next prompt.
    const background = "The shop sells kettles, lamps and radios. ".repeat(13);
    const seeded = async (question: string, seed: number) => {
      const completion = await endpoint.ask(background + question, { temperature: 1, seed, max_tokens: 6 });
      expect(completion.usage?.prompt_tokens).toBeGreaterThan(140);
      return textOf(completion);
    };
    const first = await seeded("Write a slogan.", 7);
    await seeded("Who owns the shop?", 7);
    await endpoint.ask("Something else entirely.", { max_tokens: 3 });
    expect(await seeded("Write a slogan.", 7)).toBe(first);
    const others = [await seeded("Write a slogan.", 8), await seeded("Write a slogan.", 9)];
    expect(new Set([first, ...others]).size).toBeGreaterThan(1);
  });

  it("takes marks of the chat format inside a message for plain text", async () => {
    const tokens = async (text: string) => (await endpoint.ask(text, { max_tokens: 1 })).usage?.prompt_tokens ?? 0;
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
    for (const seed of [1, 2]) {
      const completion = await endpoint.ask("My parcel is late. Which department?", {
        ...asJson(schema),
        temperature: 2,
        seed,
      });
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
    const completion = await endpoint.ask("Describe this complaint: the kettle leaks.", {
      ...asJson(schema),
      temperature: 1,
      seed: 4,
    });
    const value = JSON.parse(textOf(completion));
    expect(ajv.validate(schema, value), JSON.stringify(value)).toBe(true);
  });

  it("gives some JSON object when no schema is named", async () => {
    const completion = await endpoint.ask('Give {"city": "Paris"} as JSON.', {
      response_format: { type: "json_object" },
      max_tokens: 200,
    });
    if (completion.choices[0]?.finish_reason === "stop") expect(JSON.parse(textOf(completion))).toBeTypeOf("object");
    expect(textOf(completion)).toMatch(/^\s*\{/);
  });

  it("refuses a schema that it cannot hold, and says where", async () => {
    const error = await failureOf(
      endpoint.ask("x", asJson({ type: "object", properties: { zip: { type: "string", pattern: "^[0-9]{5}$" } } })),
    );
    expect(error).toMatchObject({ status: 400, code: "invalid_json_schema" });
    expect(error.message).toContain("#/properties/zip");
  });
});

describe("tools by grammar", { timeout: PATIENCE }, () => {
  const ajv = new Ajv2020({ strict: false });
  const weather = {
    type: "object",
    properties: { city: { type: "string", maxLength: 20 }, unit: { enum: ["celsius", "fahrenheit"] } },
    required: ["city", "unit"],
    additionalProperties: false,
  };
  const sum = { type: "object", properties: { a: { type: "integer" }, b: { type: "integer" } }, required: ["a", "b"] };
  const tool = (name: string, parameters: Record<string, unknown>) => ({
    type: "function" as const,
    function: { name, parameters },
  });
  const tools = [tool("get_weather", weather), tool("add", sum)];
  const schemas: Record<string, object> = { get_weather: weather, add: sum };

  it("calls one that must be called, with arguments that its schema allows", async () => {
    for (const choice of ["required", { type: "function" as const, function: { name: "add" } }] as const) {
      const completion = await endpoint.ask("What is 2 plus 3?", {
        tools,
        tool_choice: choice,
        parallel_tool_calls: false,
        temperature: 1,
        seed: 5,
      });
      const [answer] = completion.choices;
      expect(answer).toMatchObject({ finish_reason: "tool_calls", message: { content: null } });
      const calls = answer?.message.tool_calls?.filter((call) => call.type === "function") ?? [];
      expect(calls).toHaveLength(1);
      for (const { id, function: called } of calls) {
        expect(id).toMatch(/^call_[0-9a-f]{24}$/);
        expect(ajv.validate(schemas[called.name] ?? {}, JSON.parse(called.arguments)), called.arguments).toBe(true);
        if (choice !== "required") expect(called.name).toBe("add");
      }
    }
  });

  it("streams a call as the client joins it, and takes its result back", async () => {
    const named = { type: "function" as const, function: { name: "get_weather" } };
    const question = { role: "user" as const, content: "What is the weather in Paris?" };
    const stream = endpoint.client.chat.completions.stream({
      model: chatModel,
      messages: [question],
      tools,
      tool_choice: named,
      temperature: 0,
    });
    const called = await stream.finalMessage();
    const [call] = called.tool_calls ?? [];
    if (call?.type !== "function") throw new Error("no call came");
    expect(ajv.validate(weather, JSON.parse(call.function.arguments))).toBe(true);
    const completion = await endpoint.client.chat.completions.create({
      model: chatModel,
      messages: [question, called, { role: "tool", tool_call_id: call.id, content: "19 degrees and sunny" }],
      tools,
      tool_choice: "none",
      temperature: 0,
      max_tokens: 40,
    });
    expect(textOf(completion)).toMatch(/19|sunny/i);
  });

  it("leaves it to the model to answer in words", async () => {
    const completion = await endpoint.ask("Say hello in one word.", { tools, max_tokens: 60 });
    const [answer] = completion.choices;
    const calls = answer?.message.tool_calls ?? [];
    if (calls.length > 0)
      expect(answer?.finish_reason).toBe(answer?.finish_reason === "length" ? "length" : "tool_calls");
    else expect(textOf(completion)).not.toBe("");
  });

  it("refuses parameters that it cannot hold where they must be held", async () => {
    const strict = { type: "object", properties: { zip: { type: "string", pattern: "^[0-9]{5}$" } } };
    const error = await failureOf(
      endpoint.ask("x", { tools: [{ type: "function", function: { name: "a", parameters: strict, strict: true } }] }),
    );
    expect(error).toMatchObject({ status: 400, code: "invalid_json_schema", param: "tools[0].function.parameters" });
  });
});
