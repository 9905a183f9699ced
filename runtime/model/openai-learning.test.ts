import { describe, expect, it } from "vitest";
import type { ChatPart, ChatRequest } from "@/runtime/node/context";
import { splitThinking } from "@/runtime/node/reply/thinking-splitter";
import { systemClock } from "./clock";
import type { HttpFetch } from "./http-fetch";
import type { Learning } from "./openai-dialect";
import { createOpenAiEndpoint } from "./openai-endpoint";

type Body = Readonly<Record<string, unknown>>;
interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly text: string;
}

const json = (value: unknown, status = 200): Answer => ({ status, text: JSON.stringify(value) });
const stream = (...chunks: readonly unknown[]): Answer => ({
  type: "text/event-stream",
  text: `${chunks.map((chunk) => `data: ${JSON.stringify(chunk)}\n\n`).join("")}data: [DONE]\n\n`,
});
const delta = (content: string, reason: string | null = null) => ({
  choices: [{ index: 0, delta: { content }, finish_reason: reason }],
});
const completion = (content: string) => ({
  choices: [{ message: { role: "assistant", content }, finish_reason: "stop" }],
});
const fine = (body: Body): Answer => (body.stream === true ? stream(delta("ok", "stop")) : json(completion("ok")));

/** An endpoint whose server answers as it is told, and what it was asked. */
const serving = (answer: (body: Body) => Answer, learnings: Readonly<Record<string, Learning>> = {}) => {
  const bodies: Body[] = [];
  const learnt: Learning[] = [];
  const fetch: HttpFetch = async (_, { body }) => {
    const asked = JSON.parse(String(body)) as Body;
    bodies.push(asked);
    const { status = 200, type = "application/json", text } = answer(asked);
    return {
      status,
      header: (name) => (name === "content-type" ? type : null),
      body: (async function* () {
        yield Buffer.from(text);
      })(),
    };
  };
  const config = { id: "e", name: "E", baseUrl: "http://e/v1", apiKey: "secret-key-123", timeoutMs: 1000, learnings };
  const endpoint = createOpenAiEndpoint(config, {
    fetch,
    clock: systemClock,
    onLearnt: (_, learning) => learnt.push(learning),
  });
  const chat = async (request: Partial<ChatRequest> = {}, whole = false) => {
    const parts: ChatPart[] = [];
    const messages = [
      { role: "system" as const, content: "Be kind." },
      { role: "user" as const, content: "Hi" },
    ];
    const signal = new AbortController().signal;
    for await (const part of endpoint.chat({ model: "m", messages, ...request }, { signal, whole })) parts.push(part);
    return parts;
  };
  return { chat, bodies, learnt };
};
const textOf = (parts: readonly ChatPart[]) =>
  parts.reduce(
    (text, part) => (part.type === "text-delta" ? text + part.delta : part.type === "retract" ? "" : text),
    "",
  );
const has = (body: Body, key: string) => body[key] !== undefined;
const roles = (body: Body) => (body.messages as { role: string }[]).map(({ role }) => role);

const openAi = (message: string) =>
  json({ error: { message, type: "invalid_request_error", param: null, code: null } }, 400);
const fastApi = (...detail: readonly object[]) => json({ detail }, 422);
const vllm = (message: string) => json({ object: "error", message, type: "BadRequestError", code: 400 }, 400);
const plain = (text: string): Answer => ({ status: 400, type: "text/plain", text });
const within = (message: string) =>
  json({ error: { cause: JSON.stringify({ error: { message } }), code: 400, message: "模型服务调用失败" } }, 400);
const wrapped = (message: string) =>
  json(
    {
      error: {
        message: "Provider returned error",
        code: 400,
        metadata: { raw: JSON.stringify({ error: { message } }) },
      },
    },
    400,
  );
const inFineStatus = (message: string) => json({ error: { message, code: 400 } });
const inStream = (message: string) => stream({ error: { message, type: "BadRequestError", code: 400 } });
const inList = (message: string) => json([{ error: { code: 400, message, status: "INVALID_ARGUMENT" } }], 400);

const temperature = (body: Body) => body.temperature as number;

/** What the server refuses, how it says so, a request, and what is learnt. */
type Lesson = readonly [string, (body: Body) => Answer | null, Partial<ChatRequest>, object, boolean?];
const lessons: readonly Lesson[] = [
  [
    "no seed",
    (b) =>
      has(b, "seed") ? fastApi({ loc: ["body", "seed"], msg: "Extra inputs are not permitted", input: 7 }) : null,
    { seed: 7 },
    { seed: false },
  ],
  [
    "no seed, in words",
    (b) => (has(b, "seed") ? plain("Unknown parameter: 'seed'.") : null),
    { seed: 7 },
    { seed: false },
  ],
  [
    "no seed, in a list",
    (b) => (has(b, "seed") ? inList('Unknown name "seed": Cannot find field. Unsupported.') : null),
    { seed: 7 },
    { seed: false },
  ],
  [
    "temperature 1 only",
    (b) =>
      has(b, "temperature") && temperature(b) !== 1
        ? openAi(
            "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is supported.",
          )
        : null,
    { temperature: 0.2 },
    { temperature: { least: 1, most: 1 } },
  ],
  [
    "temperature 1 only, wrapped",
    (b) =>
      has(b, "temperature") && temperature(b) !== 1
        ? within(
            "Unsupported value: 'temperature' does not support 0.1 with this model. Only the default (1) value is supported.",
          )
        : null,
    { temperature: 0.1 },
    { temperature: { least: 1, most: 1 } },
  ],
  [
    "temperature 1 only, of Moonshot",
    (b) => (temperature(b) !== 1 ? openAi("invalid temperature: only 1 is allowed for this model") : null),
    { temperature: 0 },
    { temperature: { least: 1, most: 1 } },
  ],
  [
    "temperature 0.6 only",
    (b) => (temperature(b) !== 0.6 ? openAi("invalid temperature: only 0.6 is allowed for this model") : null),
    { temperature: 0 },
    { temperature: { least: 0.6, most: 0.6 } },
  ],
  [
    "temperature up to 1",
    (b) => (temperature(b) > 1 ? wrapped("temperature: range: 0..1. Input should be less than or equal to 1") : null),
    { temperature: 1.5 },
    { temperature: { least: 0, most: 1 } },
  ],
  [
    "temperature in a range",
    (b) => (temperature(b) > 1 ? openAi("Invalid value: temperature must be in [0.0, 1.0]") : null),
    { temperature: 1.5 },
    { temperature: { least: 0, most: 1 } },
  ],
  [
    "temperature above 0",
    (b) => (temperature(b) === 0 ? fastApi({ loc: ["body"], msg: "`temperature` must be strictly positive" }) : null),
    { temperature: 0 },
    { temperature: { least: 0.01, most: 2 } },
  ],
  [
    "no temperature",
    (b) =>
      has(b, "temperature") ? openAi("Unsupported parameter: 'temperature' is not supported with this model.") : null,
    { temperature: 0.2 },
    { temperature: null },
  ],
  [
    "not both temperature and top_p",
    (b) =>
      has(b, "temperature") && has(b, "top_p")
        ? openAi("`temperature` and `top_p` cannot both be specified for this model. Please use only one.")
        : null,
    { temperature: 0.2, topP: 0.9 },
    { topP: false },
  ],
  [
    "max_completion_tokens",
    (b) =>
      has(b, "max_tokens")
        ? openAi(
            "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead.",
          )
        : null,
    { maxTokens: 9 },
    { maxTokens: "max_completion_tokens" },
  ],
  [
    "at most 4096 tokens",
    (b) =>
      (b.max_tokens as number) > 4096
        ? openAi(
            "max_tokens is too large: 8192. This model supports at most 4096 completion tokens, whereas you provided 8192.",
          )
        : null,
    { maxTokens: 8192 },
    { mostTokens: 4096 },
  ],
  [
    "a range of max_tokens",
    (b) =>
      (b.max_tokens as number) > 8192
        ? json({ code: "InvalidParameter", message: "Range of max_tokens should be [1, 8192]" }, 400)
        : null,
    { maxTokens: 9000 },
    { mostTokens: 8192 },
  ],
  [
    "no system role",
    (b) => (roles(b).includes("system") ? openAi("System role not supported") : null),
    {},
    { system: "merged" },
  ],
  [
    "no system role, of o1",
    (b) =>
      roles(b).includes("system")
        ? openAi("Unsupported value: 'messages[0].role' does not support 'system' with this model.")
        : null,
    {},
    { system: "merged" },
  ],
  [
    "roles that take turns",
    (b) =>
      roles(b).includes("system") ? vllm("Conversation roles must alternate user/assistant/user/assistant/...") : null,
    {},
    { system: "merged" },
  ],
  [
    "no instructions",
    (b) =>
      roles(b).includes("system") ? inList("Developer instruction is not enabled for models/gemma-3-27b-it") : null,
    {},
    { system: "merged" },
  ],
  [
    "no stop",
    (b) => (has(b, "stop") ? openAi("Unsupported parameter: 'stop' is not supported with this model.") : null),
    { stop: ["k"] },
    { stop: false },
  ],
  [
    "no stream_options",
    (b) => (has(b, "stream_options") ? vllm("Unrecognized request argument supplied: stream_options") : null),
    {},
    { streamUsage: false },
  ],
  [
    "no response_format",
    (b) =>
      has(b, "response_format")
        ? fastApi({ loc: ["body", "response_format"], msg: "Extra inputs are not permitted" })
        : null,
    { responseSchema: { type: "object" } },
    { schema: "plain" },
  ],
  [
    "streams only, in one piece",
    (b) =>
      b.stream !== true ? openAi("parameter.enable_thinking must be set to false for non-streaming calls") : null,
    {},
    { stream: "only" },
    true,
  ],
  [
    "streams only, of QwQ",
    (b) =>
      b.stream !== true
        ? json(
            {
              code: "invalid_parameter_error",
              message: "This model only support stream mode, please enable the stream parameter to access the model.",
            },
            400,
          )
        : null,
    {},
    { stream: "only" },
    true,
  ],
  [
    "no streams",
    (b) => (b.stream === true ? openAi("Unsupported value: 'stream' does not support true with this model.") : null),
    {},
    { stream: "never" },
  ],
  [
    "under a status that says all is well",
    (b) => (has(b, "seed") ? inFineStatus("Unsupported parameter: seed") : null),
    { seed: 7 },
    { seed: false },
  ],
  [
    "inside the stream",
    (b) => (has(b, "seed") ? inStream("Unsupported parameter: seed") : null),
    { seed: 7 },
    { seed: false },
  ],
  [
    "several things, one after another",
    (b) =>
      has(b, "seed")
        ? openAi("Unknown parameter: 'seed'.")
        : roles(b).includes("system")
          ? openAi("System role not supported")
          : null,
    { seed: 7 },
    { seed: false, system: "merged" },
  ],
];

describe("a model that refuses", () => {
  it.each(lessons.map((lesson) => [lesson[0], lesson] as const))(
    "%s is asked as it wants to be, at once from then on",
    async (_, lesson) => {
      const [, refuse, request, dialect, whole] = lesson;
      const { chat, bodies, learnt } = serving((body) => refuse(body) ?? fine(body));
      expect(textOf(await chat(request, whole))).toBe(dialect && "stop" in dialect ? "o" : "ok");
      expect(learnt.at(-1)?.dialect).toEqual(dialect);
      expect(Object.keys(learnt.at(-1)?.said ?? {})).toEqual(Object.keys(dialect));
      const asked = bodies.length;
      await chat(request, whole);
      expect(bodies).toHaveLength(asked + 1);
      // Another process, or this one after a restart, knows it too.
      const later = serving((body) => refuse(body) ?? fine(body), { m: learnt.at(-1) as Learning });
      await later.chat(request, whole);
      expect(later.bodies).toHaveLength(1);
    },
  );

  it("has its instructions before the user's words, and no two messages of one role in a row", async () => {
    const { chat, bodies } = serving((b) =>
      roles(b).includes("system") ? openAi("System role not supported") : fine(b),
    );
    await chat();
    expect(bodies.at(-1)?.messages).toEqual([{ role: "user", content: "Be kind.\n\nHi" }]);
  });

  it("is told as it said it where nothing can be learnt, with the key masked and what others wrapped", async () => {
    const { chat, bodies, learnt } = serving(() => wrapped("The prompt is cursed. Your key secret-key-123 was fine."));
    await expect(chat()).rejects.toMatchObject({
      code: "model-rejected",
      message: expect.stringMatching(/Provider returned error.*The prompt is cursed\. Your key \[API key\] was fine\./),
    });
    expect(bodies).toHaveLength(1);
    expect(learnt).toEqual([]);
  });

  it("learns nothing from what is asked in vain, and comes to an end", async () => {
    const { chat, bodies, learnt } = serving(() =>
      openAi("Unsupported: seed, temperature, top_p, stop, system role not supported, max_tokens at most 10"),
    );
    await expect(
      chat({ seed: 1, temperature: 1, topP: 1, stop: ["x"], maxTokens: 99, responseSchema: {} }),
    ).rejects.toMatchObject({ code: "model-rejected" });
    expect(bodies.length).toBeLessThan(16);
    expect(learnt).toEqual([]);
  });
});

describe("a model that thinks without an opening mark", () => {
  it("is known from its first reply on", async () => {
    const { chat, learnt } = serving(() => stream(delta("Hm."), delta("</think>Yes", "stop")));
    const first = await chat();
    expect(textOf(first)).toBe("Yes");
    expect(first).toContainEqual({ type: "retract", what: "text" });
    expect(learnt).toEqual([{ dialect: { beginsThinking: true }, said: { beginsThinking: "</think>" } }]);
    const second = await chat();
    expect([...new Set(second.map(({ type }) => type))]).toEqual(["thinking-delta", "text-delta", "finish"]);
  });
});

describe("how a reply ended", () => {
  const ended = async (answer: Answer, whole = false) => (await serving(() => answer).chat({}, whole)).at(-1);
  const message = (fields: object, reason: string | null) =>
    json({ choices: [{ message: fields, finish_reason: reason }] });
  it.each([
    ["whole", stream(delta("Yes", "stop")), "stop", null],
    ["cut", stream(delta("Ye", "length")), "length", "cut"],
    ["cut in Google's words", stream(delta("Ye", "MAX_TOKENS")), "length", "cut"],
    ["held back", stream(delta("Ye", "content_filter")), "content-filter", "filtered"],
    ["held back for safety", stream(delta("", "SAFETY")), "content-filter", "filtered"],
    ["held back as a recitation", stream(delta("Ye", "content_filter: RECITATION")), "content-filter", "filtered"],
    [
      "declined",
      stream({ choices: [{ delta: { refusal: "No." }, finish_reason: null }] }, delta("", "stop")),
      "refusal",
      "filtered",
    ],
    [
      "used up by thoughts",
      stream({ choices: [{ delta: { reasoning_content: "Hm" }, finish_reason: "length" }] }),
      "length",
      "empty",
    ],
    ["used up by thoughts between marks", stream(delta("<think>Hm", "length")), "length", "empty"],
    [
      "a call of a tool",
      stream({ choices: [{ delta: { tool_calls: [{ id: "1" }] }, finish_reason: "tool_calls" }] }),
      "tool-calls",
      "empty",
    ],
    ["nothing", stream(delta("", "stop")), "stop", "empty"],
    ["blanks", stream(delta(" \n", "stop")), "stop", "empty"],
    [
      "closed without a word",
      stream(delta("Ye"), { choices: [], usage: { prompt_tokens: 1, completion_tokens: 1 } }),
      "unsaid",
      "unfinished",
    ],
  ])("%s is told", async (_, answer, reason, outcome) => {
    expect(await ended(answer)).toMatchObject({ type: "finish", reason, outcome });
  });

  it.each([
    ["cut", message({ content: "Ye" }, "length"), "length", "cut"],
    ["nothing", message({ content: null }, "stop"), "stop", "empty"],
    ["declined", message({ content: null, refusal: "No." }, "stop"), "refusal", "filtered"],
    ["no choices", json({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 0 } }), "stop", "empty"],
    ["without a reason", message({ content: "Yes" }, null), "stop", null],
  ])("%s is told of one that came in one piece", async (_, answer, reason, outcome) => {
    expect(await ended(answer, true)).toMatchObject({ type: "finish", reason, outcome });
  });

  it.each([
    ["an error for a reason", stream(delta("Ye"), delta("", "error"))],
    ["an abort", stream(delta("Ye", "abort"))],
    [
      "an error within the choice",
      stream({ choices: [{ delta: {}, error: { code: 502, message: "Provider died" } }] }),
    ],
    [
      "an error of MiniMax under a status that says all is well",
      json({ base_resp: { status_code: 1000, status_msg: "unknown error, timeout" } }),
    ],
    ["an end without a word", stream(delta("Ye"))],
  ])("%s is a failure", async (_, answer) => {
    await expect(ended(answer)).rejects.toMatchObject({ code: "model-unavailable" });
  });
});

it("takes the same reply apart alike in a stream and in one piece", async () => {
  const reply = "<think>Hm.</think>\n\nYes `</think>`";
  const streamed = await serving(() =>
    stream(...Array.from(reply, (letter) => delta(letter)), delta("", "stop")),
  ).chat();
  const whole = await serving(() => json(completion(reply))).chat({}, true);
  expect(textOf(streamed)).toBe(splitThinking(reply).answer);
  expect(textOf(whole)).toBe(textOf(streamed));
});
