import { createOpenAICompatible } from "@ai-sdk/openai-compatible";
import { HumanMessage, SystemMessage } from "@langchain/core/messages";
import { ChatOpenAI } from "@langchain/openai";
import { generateText, streamText } from "ai";
import OpenAI from "openai";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { emptyDocument, type GraphNode } from "@/runtime/graph/document";
import { redPng } from "@/runtime/testing/sample-files";
import { talkDocument } from "@/server/domain/conversation/conversation-fixture";
import { publishedFixture } from "../published/published-fixture";

let house: Awaited<ReturnType<typeof publishedFixture>>;
let baseURL = "";
let client: OpenAI;
let echo = "";
beforeAll(async () => {
  house = await publishedFixture(["echo", "fake-0-20-20", "error-401"]);
  baseURL = `${house.origin}/v1`;
  client = new OpenAI({ baseURL, apiKey: house.key, maxRetries: 0 });
  ({ slug: echo } = await house.publish("echo"));
});
afterAll(() => house.close());

const node = (id: string, type: string, config: GraphNode["config"]): GraphNode => ({
  id,
  type,
  typeVersion: 1,
  config,
  disabled: false,
});
const wire = (id: string, from: [string, string], to: [string, string]) => ({
  id,
  from: { node: from[0], port: from[1] },
  to: { node: to[0], port: to[1] },
});

/** What came in by each part of a chat, as the reply. */
const partsDocument = {
  ...emptyDocument,
  nodes: [
    node("in", "io/input", {
      fields: [
        { name: "question", required: false },
        { name: "instructions", required: false },
        { name: "history", required: false },
        { name: "user", required: false },
        { name: "tone", required: false },
      ],
    }),
    node("all", "text/template", {
      template: "q={{question}}|i={{instructions}}|h={{history}}|u={{user}}|t={{tone}}",
    }),
    node("out", "io/output", { outputs: [{ name: "answer" }] }),
  ],
  edges: [
    ...["question", "instructions", "history", "user", "tone"].map((name) => wire(name, ["in", name], ["all", name])),
    wire("out", ["all", "text"], ["out", "answer"]),
  ],
};

describe("the official client", () => {
  it("lists the pipelines that its key may call, and asks one", async () => {
    const { slug, id } = await house.publish("echo");
    const all = await client.models.list();
    expect(all.data.map((model) => model.id)).toContain(slug);
    const { key } = await house.api.apiKey.create({ name: "One", deploymentIds: [id] });
    const scoped = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
    expect((await scoped.models.list()).data.map((model) => model.id)).toEqual([slug]);
    expect(await scoped.models.retrieve(slug)).toMatchObject({ id: slug, object: "model", owned_by: "pipewright" });
    await expect(scoped.models.retrieve(echo)).rejects.toMatchObject({ status: 404, code: "model_not_found" });
    const reply = await client.chat.completions.create({ model: slug, messages: [{ role: "user", content: "Hi" }] });
    expect(reply).toMatchObject({
      object: "chat.completion",
      model: slug,
      choices: [{ index: 0, finish_reason: "stop", message: { role: "assistant", content: "Result: Answer: Hi" } }],
    });
    const { usage } = reply;
    expect(usage?.total_tokens).toBe((usage?.prompt_tokens ?? 0) + (usage?.completion_tokens ?? 0));
    const row = await house.database.prisma.run.findUniqueOrThrow({ where: { id: reply.id.replace("chatcmpl-", "") } });
    expect(row.way).toBe("chat");
  });

  it("reads a stream, with the tokens only where it asks for them", async () => {
    const { slug } = await house.publish("fake-0-20-20");
    const ask = { model: slug, messages: [{ role: "user" as const, content: "Hi" }], stream: true as const };
    const read = async (more: object) => {
      const chunks = [];
      for await (const chunk of await client.chat.completions.create({ ...ask, ...more })) chunks.push(chunk);
      return chunks;
    };
    const plain = await read({});
    expect(plain.every(({ choices }) => choices.length === 1)).toBe(true);
    expect(plain[0]?.choices[0]?.delta).toMatchObject({ role: "assistant" });
    expect(plain.at(-1)?.choices[0]?.finish_reason).toBe("stop");
    expect(plain.some((chunk) => "usage" in chunk)).toBe(false);
    const counted = await read({ stream_options: { include_usage: true } });
    expect(counted.at(-1)).toMatchObject({ choices: [], usage: { total_tokens: expect.any(Number) } });
    expect(counted.at(-2)?.usage).toBeNull();
    const text = plain.map(({ choices }) => choices[0]?.delta.content ?? "").join("");
    const whole = await client.chat.completions.create({ ...ask, stream: false });
    expect(text).toBe(whole.choices[0]?.message.content);
  });

  it("asks and streams by the Responses API", async () => {
    const reply = await client.responses.create({ model: echo, input: "Hi" });
    expect(reply.output_text).toBe("Result: Answer: Hi");
    expect(reply).toMatchObject({ object: "response", status: "completed", model: echo });
    const stream = client.responses.stream({
      model: echo,
      input: [{ role: "user", content: [{ type: "input_text", text: "Hi" }] }],
    });
    const types: string[] = [];
    for await (const event of stream) types.push(event.type);
    expect(types.slice(0, 4)).toEqual([
      "response.created",
      "response.in_progress",
      "response.output_item.added",
      "response.content_part.added",
    ]);
    expect(types.at(-1)).toBe("response.completed");
    const final = await stream.finalResponse();
    expect(final.output_text).toBe("Result: Answer: Hi");
    expect(final.usage?.total_tokens).toEqual(expect.any(Number));
  });

  it("is told of errors in the form that it knows, and not to try again where that is in vain", async () => {
    const { slug } = await house.publish("error-401");
    const counted = new OpenAI({ baseURL, apiKey: house.key, maxRetries: 3 });
    const asked = counted.chat.completions.create({ model: slug, messages: [{ role: "user", content: "Hi" }] });
    await expect(asked).rejects.toMatchObject({ status: 502, code: "model-unauthorized", type: "server_error" });
    expect(await house.database.prisma.run.count({ where: { deployment: { slug } } })).toBe(1);
    const streamed = await counted.chat.completions.create({
      model: slug,
      messages: [{ role: "user", content: "Hi" }],
      stream: true,
    });
    await expect(
      (async () => {
        for await (const _ of streamed);
      })(),
    ).rejects.toThrow("could not answer");
    const stranger = new OpenAI({ baseURL, apiKey: "sk-wrong", maxRetries: 0 });
    await expect(stranger.models.list()).rejects.toMatchObject({ status: 401, code: "invalid_api_key" });
    await expect(
      client.chat.completions.create({ model: "nothing-here", messages: [{ role: "user", content: "Hi" }] }),
    ).rejects.toMatchObject({ status: 404, code: "model_not_found", param: "model" });
    await expect(client.responses.create({ model: slug, input: "Hi" })).rejects.toMatchObject({ status: 502 });
  });

  it("gets JSON that keeps to its schema, or hears that there is none", async () => {
    const json = (schema: object) => ({
      type: "json_schema" as const,
      json_schema: { name: "s", strict: true, schema: { type: "object", ...schema } },
    });
    const ask = (response_format: ReturnType<typeof json>, stream = false) =>
      client.chat.completions.create({
        model: echo,
        messages: [{ role: "user", content: "Hi" }],
        response_format,
        stream,
      }) as Promise<OpenAI.ChatCompletion>;
    const outputs = { answer: "Result: Answer: Hi", raw: "Answer: Hi" };
    const fitting = await ask(json({ required: ["answer", "raw"] }));
    expect(JSON.parse(fitting.choices[0]?.message.content ?? "")).toEqual(outputs);
    await expect(ask(json({ required: ["other"] }))).rejects.toMatchObject({ status: 422, code: "output-invalid" });
    await expect(ask(json({ type: "nonsense" }))).rejects.toMatchObject({ status: 400 });
    const parsed = await client.responses.create({
      model: echo,
      input: "Hi",
      text: { format: { type: "json_schema", name: "s", schema: { type: "object", required: ["raw"] } } },
    });
    expect(JSON.parse(parsed.output_text)).toEqual(outputs);
  });
});

it("the AI SDK asks and streams", async () => {
  const model = createOpenAICompatible({ name: "pipewright", baseURL, apiKey: house.key, includeUsage: true })(echo);
  const { text, usage, finishReason } = await generateText({ model, prompt: "Hi", maxRetries: 0 });
  expect([text, finishReason]).toEqual(["Result: Answer: Hi", "stop"]);
  expect(usage.totalTokens).toEqual(expect.any(Number));
  const streamed = streamText({
    model,
    messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }],
    maxRetries: 0,
  });
  let said = "";
  for await (const piece of streamed.textStream) said += piece;
  expect(said).toBe("Result: Answer: Hi");
  expect((await streamed.usage).totalTokens).toEqual(expect.any(Number));
});

it("LangChain asks and streams", async () => {
  const { slug } = await house.publishDocument("Parts of a chat", partsDocument);
  const model = new ChatOpenAI({
    model: slug,
    apiKey: house.key,
    configuration: { baseURL },
    maxRetries: 0,
    temperature: 0,
  });
  const messages = [new SystemMessage("Be brief."), new HumanMessage("Hi")];
  expect((await model.invoke(messages)).content).toBe("q=Hi|i=Be brief.|h=|u=|t=");
  let said = "";
  for await (const chunk of await model.stream(messages)) said += chunk.content;
  expect(said).toBe("q=Hi|i=Be brief.|h=|u=|t=");
  const responses = new ChatOpenAI({
    model: slug,
    apiKey: house.key,
    configuration: { baseURL },
    maxRetries: 0,
    useResponsesApi: true,
  });
  expect((await responses.invoke(messages)).text).toBe("q=Hi|i=Be brief.|h=|u=|t=");
});

describe("what clients send", () => {
  let slug = "";
  beforeAll(async () => {
    ({ slug } = await house.publishDocument("Everything sent", partsDocument));
  });
  const ask = async (body: object, headers: Readonly<Record<string, string>> = {}, path = "/v1/chat/completions") => {
    const response = await fetch(`${house.origin}${path}`, {
      method: "POST",
      headers: { authorization: `Bearer ${house.key}`, "content-type": "application/json", ...headers },
      body: JSON.stringify({ model: slug, ...body }),
    });
    const json = await response.json();
    return { status: response.status, headers: response.headers, json, text: json.choices?.[0]?.message.content };
  };
  const user = { role: "user", content: "Hi" };

  it.each<[string, object, string]>([
    ["content as parts", { messages: [{ role: "user", content: [{ type: "text", text: "Hi" }] }] }, "q=Hi|i=|h=|u=|t="],
    ["the developer role", { messages: [{ role: "developer", content: "Brief." }, user] }, "q=Hi|i=Brief.|h=|u=|t="],
    [
      "an assistant without content, and a tool",
      {
        messages: [
          { role: "user", content: "A" },
          { role: "assistant", content: null, tool_calls: [{ id: "1", function: { name: "f", arguments: "{}" } }] },
          { role: "tool", tool_call_id: "1", content: "sunny" },
          user,
        ],
      },
      'q=Hi|i=|h=User: A\n\nAssistant: [{"id":"1","function":{"name":"f","arguments":"{}"}}]\n\nTool: sunny|u=|t=',
    ],
    [
      "empty lists and nulls",
      { messages: [user], tools: [], stop: null, response_format: null, stream: null, n: 1, functions: [] },
      "q=Hi|i=|h=|u=|t=",
    ],
    [
      "what is switched off",
      {
        messages: [user],
        logprobs: 0,
        top_logprobs: 0,
        stop: "",
        tools: [{ type: "function", function: { name: "f" } }],
        tool_choice: "none",
      },
      "q=Hi|i=|h=|u=|t=",
    ],
    ["an end user", { messages: [user], user: "u-7" }, "q=Hi|i=|h=|u=u-7|t="],
    ["further inputs", { messages: [user], inputs: { tone: "dry" } }, "q=Hi|i=|h=|u=|t=dry"],
    [
      "an answer of its own last",
      { messages: [user, { role: "assistant", content: "Yes" }] },
      "q=Hi|i=|h=Assistant: Yes|u=|t=",
    ],
    ["an empty question", { messages: [{ role: "user", content: "" }] }, "q=|i=|h=|u=|t="],
    [
      "signs of all kinds",
      { messages: [{ role: "user", content: "你好 👩‍👩‍👧 \u0000 {{user}}" }] },
      "q=你好 👩‍👩‍👧 \u0000 {{user}}|i=|h=|u=|t=",
    ],
  ])("is taken: %s", async (_, body, expected) => {
    const { status, text, json } = await ask(body);
    expect([status, text ?? json]).toEqual([200, expected]);
  });

  it("leaves to the pipeline what is its own, and names it", async () => {
    const { status, headers } = await ask({
      messages: [user],
      temperature: 0.2,
      max_tokens: 5,
      max_completion_tokens: 5,
      seed: 1,
      stream_options: null,
      reasoning_effort: null,
    });
    expect(status).toBe(200);
    expect(headers.get("x-pipewright-ignored")).toBe("temperature, max_tokens, max_completion_tokens, seed");
    const { headers: left } = await fetch(`${house.origin}/v1/chat/completions`, {
      method: "POST",
      headers: { authorization: `bEARER ${house.key}`, "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify({ model: echo, messages: [{ role: "system", content: "S" }, user], user: "u" }),
    });
    expect(left.get("x-pipewright-ignored")).toBe("instructions, user");
  });

  it.each<[string, object, string]>([
    ["tools", { messages: [user], tools: [{ type: "function", function: { name: "f" } }] }, "tools"],
    [
      "tools that may be called",
      { messages: [user], tools: [{ type: "function", function: { name: "f" } }], tool_choice: "auto" },
      "tools",
    ],
    ["several answers", { messages: [user], n: 2 }, "n"],
    ["stop signs", { messages: [user], stop: ["\n"] }, "stop"],
    ["probabilities", { messages: [user], logprobs: true }, "logprobs"],
    ["spoken answers", { messages: [user], modalities: ["text", "audio"] }, "modalities"],
    ["no messages", { messages: [] }, "messages"],
    ["no list of messages", { messages: "Hi" }, "messages"],
    ["no user", { messages: [{ role: "system", content: "S" }] }, "messages"],
    ["another role", { messages: [{ role: "robot", content: "S" }] }, "messages[0].role"],
    ["a number as content", { messages: [{ role: "user", content: 7 }] }, "messages[0].content"],
    [
      "a part that nobody knows",
      { messages: [{ role: "user", content: [{ type: "video" }] }] },
      "messages[0].content[0].type",
    ],
    [
      "an image where none is taken",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } }] },
        ],
      },
      "messages[0].content[0]",
    ],
    [
      "an image elsewhere",
      {
        messages: [
          { role: "user", content: [{ type: "image_url", image_url: { url: "http://169.254.169.254/x.png" } }] },
        ],
      },
      "messages[0].content[0]",
    ],
    ["an input that is not there", { messages: [user], inputs: { colour: "red" } }, "colour"],
    ["stream as a word", { messages: [user], stream: "yes" }, "stream"],
    ["no model", { model: null, messages: [user] }, "model"],
  ])("is refused by name: %s", async (_, body, param) => {
    const { status, json } = await ask(body);
    expect(status).toBe(400);
    expect(json.error).toMatchObject({ param, type: "invalid_request_error", message: expect.any(String) });
  });

  it("is found with a slash too many, and its methods are named", async () => {
    expect((await ask({ messages: [user] }, {}, "/v1/chat/completions/")).status).toBe(200);
    expect((await ask({ messages: [user] }, {}, "//v1//chat/completions")).status).toBe(200);
    const options = await fetch(`${house.origin}/v1/chat/completions`, { method: "OPTIONS" });
    expect([options.status, options.headers.get("allow")]).toEqual([204, "POST, OPTIONS"]);
    const got = await fetch(`${house.origin}/v1/chat/completions`);
    expect(got.status).toBe(405);
    const head = await fetch(`${house.origin}/v1/models`, {
      method: "HEAD",
      headers: { authorization: `Bearer ${house.key}` },
    });
    expect(head.status).toBe(200);
  });

  it("runs once under one key, whole and streamed", async () => {
    const count = () => house.database.prisma.run.count({ where: { deployment: { slug } } });
    const before = await count();
    const one = await Promise.all([1, 2, 3].map(() => ask({ messages: [user] }, { "idempotency-key": "chat" })));
    expect(new Set(one.map(({ json }) => json.id)).size).toBe(1);
    const streams = await Promise.all(
      [1, 2].map(async () => {
        const response = await fetch(`${house.origin}/v1/chat/completions`, {
          method: "POST",
          headers: {
            authorization: `Bearer ${house.key}`,
            "content-type": "application/json",
            "idempotency-key": "chat-stream",
          },
          body: JSON.stringify({ model: slug, messages: [user], stream: true }),
        });
        return response.text();
      }),
    );
    expect(streams[0]).toBe(streams[1]);
    expect(streams[0]).toContain("data: [DONE]");
    expect(await count()).toBe(before + 2);
    expect((await ask({ messages: [{ role: "user", content: "No" }] }, { "idempotency-key": "chat" })).status).toBe(
      422,
    );
  });
});

it("an image in a message reaches the input for images, by its bytes or by its id", async () => {
  const document = {
    ...emptyDocument,
    nodes: [
      node("in", "io/input", {
        fields: [
          { name: "question", required: false },
          { name: "picture", kind: "image" },
        ],
      }),
      node("out", "io/output", { outputs: [{ name: "answer" }, { name: "seen" }] }),
    ],
    edges: [wire("a", ["in", "question"], ["out", "answer"]), wire("b", ["in", "picture"], ["out", "seen"])],
  };
  const { slug } = await house.publishDocument("With a picture", document);
  const bytes = redPng();
  const ask = (image: object) =>
    client.chat.completions.create({
      model: slug,
      messages: [{ role: "user", content: [{ type: "text", text: "What?" }, image as never] }],
      response_format: { type: "json_object" },
    });
  const url = `data:image/png;base64,${Buffer.from(bytes).toString("base64")}`;
  const reply = await ask({ type: "image_url", image_url: { url, detail: "low" } });
  const { seen, answer } = JSON.parse(reply.choices[0]?.message.content ?? "{}");
  expect(answer).toBe("What?");
  expect(seen).toMatchObject({ mediaType: "image/png", size: bytes.length });
  const again = await ask({ type: "input_image", file_id: seen.fileId });
  expect(JSON.parse(again.choices[0]?.message.content ?? "{}").seen.fileId).toBe(seen.fileId);
  const picture = (name: string) => ({
    role: "user" as const,
    content: [
      { type: "text", text: name },
      { type: "image_url", image_url: { url } },
    ] as never,
  });
  const { data: second, response } = await client.chat.completions
    .create({
      model: slug,
      messages: [picture("A"), { role: "assistant", content: "A picture." }, picture("B")],
      response_format: { type: "json_object" },
    })
    .withResponse();
  expect(JSON.parse(second.choices[0]?.message.content ?? "{}")).toMatchObject({
    answer: "B",
    seen: { size: bytes.length },
  });
  expect(response.headers.get("x-pipewright-ignored")).toContain("messages[0].content[1]");
  const broken = ask({ type: "image_url", image_url: { url: "data:image/png;base64,AAAA" } });
  await expect(broken).rejects.toMatchObject({ status: expect.any(Number) });

  const files = () => house.database.prisma.storedFile.count();
  const before = await files();
  const { key } = await house.api.apiKey.create({ name: "One a minute", limits: { requestsPerMinute: 1 } });
  const limited = new OpenAI({ apiKey: key, baseURL: `${house.origin}/v1`, maxRetries: 0 });
  const schema = { name: "a", schema: { type: "object", properties: { a: { pattern: "^(" } } } };
  const refused = (body: object) =>
    limited.chat.completions.create({ model: slug, messages: [picture("C")], ...body } as never).then(
      () => 200,
      ({ status }: { status: number }) => status,
    );
  // The minute by the clock may change in between.
  const statuses = [];
  for (let call = 0; call < 4; call += 1) statuses.push(await refused({}));
  const taken = statuses.filter((status) => status === 200).length;
  expect(statuses).toContain(429);
  expect(await files()).toBe(before + taken);
  expect(await refused({ response_format: { type: "json_schema", json_schema: schema } })).toBeGreaterThanOrEqual(400);
  const question = { inputs: { more: "there is no such input" } };
  await expect(
    client.chat.completions.create({ model: slug, messages: [picture("D")], ...question } as never),
  ).rejects.toThrow();
  expect(await files()).toBe(before + taken);
});

describe("conversations", () => {
  let talk = "";
  beforeAll(async () => {
    ({ slug: talk } = await house.publishDocument("Talk", talkDocument({ messages: 8 })));
  });
  /** What the model was sent before the last message. */
  const remembered = () => {
    const asked = house.server.requests.at(-1) as { body: unknown };
    const { messages } = asked.body as { messages: { role: string; content: string }[] };
    return messages.slice(0, -1).flatMap(({ role, content }) => (role === "user" ? [content] : []));
  };
  const ask = (input: string, more: object = {}, one = client) =>
    one.responses.create({ model: talk, input, ...more } as OpenAI.Responses.ResponseCreateParamsNonStreaming);

  it("go on from the response before, which began one", async () => {
    const first = await ask("I am Ada.");
    expect(first.conversation).toEqual({ id: expect.any(String) });
    const second = await ask("Who am I?", { previous_response_id: first.id });
    expect(remembered()).toEqual(["I am Ada."]);
    expect(second).toMatchObject({ previous_response_id: first.id, conversation: first.conversation });
    const stream = await client.responses.create({
      model: talk,
      input: "And now?",
      previous_response_id: second.id,
      stream: true,
    });
    let last = "";
    for await (const event of stream) if (event.type === "response.completed") last = event.response.id;
    expect(remembered()).toEqual(["I am Ada.", "Who am I?"]);
    // At once: what was just answered is waited for.
    await ask("Again", { previous_response_id: last });
    expect(remembered()).toEqual(["I am Ada.", "Who am I?", "And now?"]);
  });

  it("are named by an id of the caller's own, whole and as an object", async () => {
    await ask("One", { conversation: "mine" });
    await ask("Two", { conversation: { id: "mine" } });
    expect(remembered()).toEqual(["One"]);
    await ask("Three", { conversation: "mine", user: "ada" });
    expect(remembered()).toEqual([]);
  });

  it("are not kept where the caller says so, nor for a chat that names none", async () => {
    const alone = await ask("One", { store: false });
    expect(alone).toMatchObject({ conversation: null, store: false });
    await expect(ask("Two", { previous_response_id: alone.id })).rejects.toMatchObject({
      status: 400,
      code: "previous_response_not_found",
    });
    const chat = await client.chat.completions.create({ model: talk, messages: [{ role: "user", content: "Hi" }] });
    expect(chat).not.toHaveProperty("conversation_id");
  });

  it("of chats are named by conversation_id, in whole answers and in streams", async () => {
    const say = (content: string) =>
      ({ model: talk, messages: [{ role: "user", content }], conversation_id: "chat-17", user: "ada" }) as never;
    const first = await client.chat.completions.create(say("One"));
    expect(first).toMatchObject({ conversation_id: "chat-17", turn: 1 });
    const stream = (await client.chat.completions.create({
      ...(say("Two") as object),
      stream: true,
    } as never)) as unknown as AsyncIterable<object>;
    const ids = new Set<unknown>();
    for await (const chunk of stream) ids.add((chunk as { conversation_id?: string }).conversation_id);
    expect([...ids]).toEqual(["chat-17"]);
    expect(remembered()).toEqual(["One"]);
  });

  it("cannot be branched from an earlier answer, named in two ways, or gone on with by others", async () => {
    const first = await ask("One");
    await ask("Two", { previous_response_id: first.id });
    await expect(ask("Other", { previous_response_id: first.id })).rejects.toMatchObject({
      status: 409,
      code: "conversation-moved",
    });
    const { id: name } = first.conversation as { id: string };
    await ask("Three", { conversation: name });
    expect(remembered()).toEqual(["One", "Two"]);
    await expect(ask("x", { previous_response_id: first.id, conversation: name })).rejects.toMatchObject({
      status: 400,
    });
    await expect(ask("x", { previous_response_id: "resp_' OR 1=1" })).rejects.toMatchObject({ status: 400 });
    await expect(ask("x", { conversation: "a\nb" })).rejects.toMatchObject({ status: 400, param: "conversation" });
    await expect(ask("x", { conversation: "y".repeat(201) })).rejects.toMatchObject({ status: 400 });
    await expect(ask("x", { previous_response_id: first.id, user: "eve" })).rejects.toMatchObject({ status: 400 });
    const { key } = await house.api.apiKey.create({ name: "Eve" });
    const eve = new OpenAI({ baseURL, apiKey: key, maxRetries: 0 });
    await expect(ask("x", { previous_response_id: first.id }, eve)).rejects.toMatchObject({
      code: "previous_response_not_found",
    });
  });

  it("are refused where the pipeline keeps none", async () => {
    for (const more of [{ conversation: "a" }, { previous_response_id: "resp_a" }])
      await expect(
        client.responses.create({
          model: echo,
          input: "Hi",
          ...more,
        } as OpenAI.Responses.ResponseCreateParamsNonStreaming),
      ).rejects.toMatchObject({ status: 400, param: Object.keys(more)[0] });
  });
});
