import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChatRequest } from "./request";

const least = { model: "m", messages: [{ role: "user", content: "hi" }] };
const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } };
const tool = (name: string) => ({ type: "function", function: { name, parameters: { type: "object" } } });
const call = (id: string) => ({
  role: "assistant",
  content: null as string | null,
  tool_calls: [{ id, type: "function", function: { name: "a", arguments: "{}" } }],
});
const result = (id: string) => ({ role: "tool", tool_call_id: id, content: `of ${id}` });
const parse = (change: object) => parseChatRequest({ ...least, ...change });
const wrong = (change: object) => {
  const parsed = parse(change);
  return parsed.ok ? undefined : { param: parsed.error.param, code: parsed.error.code, status: parsed.error.status };
};

describe("parseChatRequest", () => {
  it("takes the least that a client can send", () => {
    expect(parse({})).toMatchObject({
      ok: true,
      value: {
        stream: false,
        stop: [],
        json: undefined,
        maxTokens: undefined,
        messages: [{ role: "user", text: "hi", images: [] }],
      },
    });
  });

  it("reads parts, developer messages, both names of the token limit, and null as not given", () => {
    const parsed = parse({
      messages: [
        { role: "developer", content: "be brief" },
        {
          role: "user",
          content: [
            { type: "text", text: "a" },
            { type: "text", text: "b" },
          ],
        },
        { role: "assistant", content: "c", refusal: null },
      ],
      max_tokens: 5,
      max_completion_tokens: 7,
      temperature: null,
      stop: null,
      seed: 3,
      user: "ada",
    });
    expect(parsed).toMatchObject({
      ok: true,
      value: {
        messages: [
          { role: "system", text: "be brief" },
          { role: "user", text: "a\nb" },
          { role: "assistant", text: "c" },
        ],
        maxTokens: 7,
        temperature: undefined,
        stop: [],
        seed: 3,
      },
    });
  });

  it("keeps pictures apart from the text", () => {
    const content = [{ type: "text", text: "a" }, image, { type: "text", text: "b" }];
    expect(parse({ messages: [{ role: "user", content }] })).toMatchObject({
      value: { messages: [{ text: "a\nb", images: [image.image_url.url] }] },
    });
  });

  it("reads the three answer formats", () => {
    expect(parse({ response_format: { type: "text" } })).toMatchObject({ value: { json: undefined } });
    expect(parse({ response_format: { type: "json_object" } })).toMatchObject({
      value: { json: { schema: { type: "object" } } },
    });
    const schema = { type: "object", properties: { label: { enum: ["a"] } } };
    expect(
      parse({ response_format: { type: "json_schema", json_schema: { name: "x", schema, strict: true } } }),
    ).toMatchObject({
      value: { json: { schema, strict: true } },
    });
  });

  it("tells the model of its tools behind the system message, or in one of its own", () => {
    const user = { role: "user", content: "hi" };
    for (const messages of [[user], [{ role: "system", content: "Be brief." }, user]]) {
      const parsed = parse({ messages, tools: [tool("get_weather")] });
      if (!parsed.ok) throw new Error(parsed.error.message);
      const [system, ...others] = parsed.value.messages;
      expect(system?.role).toBe("system");
      expect(system?.text).toContain('"name":"get_weather"');
      expect(system?.text.startsWith("Be brief.")).toBe(messages.length > 1);
      expect(others).toHaveLength(1);
      expect(parsed.value.tools).toMatchObject({ choice: "auto", parallel: true });
    }
  });

  it("holds the tools to what tool_choice says", () => {
    const tools = [tool("a"), tool("b")];
    expect(parse({ tools, tool_choice: "none" })).toMatchObject({
      value: { tools: undefined, messages: [{ text: "hi" }] },
    });
    expect(parse({ tools: [] })).toMatchObject({ value: { tools: undefined } });
    expect(parse({ tools, tool_choice: "required", parallel_tool_calls: false })).toMatchObject({
      value: { tools: { choice: "required", parallel: false, tools: [{ name: "a" }, { name: "b" }] } },
    });
    const named = { type: "function", function: { name: "b" } };
    expect(parse({ tools, tool_choice: named })).toMatchObject({
      value: { tools: { choice: "required", parallel: false, tools: [{ name: "b" }] } },
    });
  });

  it("writes earlier calls and their results into the conversation", () => {
    const two = {
      ...call("1"),
      content: "Let me look.",
      tool_calls: [...call("1").tool_calls, ...call("2").tool_calls],
    };
    const parsed = parse({
      messages: [...least.messages, two, result("2"), result("1"), { role: "user", content: "so?" }],
    });
    expect(parsed.ok && parsed.value.messages.map(({ role, text }) => [role, text])).toEqual([
      ["user", "hi"],
      ["assistant", `Let me look.${'\n<tool_call>\n{"name": "a", "arguments": {}}\n</tool_call>'.repeat(2)}`],
      ["user", "<tool_response>\nof 2\n</tool_response>\n<tool_response>\nof 1\n</tool_response>"],
      ["user", "so?"],
    ]);
  });

  it("has a switch for thinking under both of its names", () => {
    const limits = [
      [{}, undefined],
      [{ reasoning_effort: "none" }, 0],
      [{ reasoning_effort: "low" }, 256],
      [{ reasoning_effort: "high" }, undefined],
      [{ chat_template_kwargs: { enable_thinking: false } }, 0],
      [{ chat_template_kwargs: { enable_thinking: true }, reasoning_effort: "minimal" }, 0],
    ] as const;
    for (const [change, thoughtTokens] of limits) expect(parse(change)).toMatchObject({ value: { thoughtTokens } });
  });

  it("names the field that is wrong", () => {
    for (const [change, param] of [
      [{ model: "" }, "model"],
      [{ messages: [] }, "messages"],
      [{ messages: "hi" }, "messages"],
      [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].tool_call_id"],
      [{ messages: [{ role: "robot", content: "x" }] }, "messages[0].role"],
      [{ messages: [{ role: "assistant", content: null }] }, "messages[0].content"],
      [{ messages: [{ role: "user" }] }, "messages[0].content"],
      [
        { messages: [{ role: "assistant", content: [{ type: "image_url", image_url: { url: "x" } }] }] },
        "messages[0].content",
      ],
      [{ messages: [{ role: "user", content: [{ type: "image_url" }] }] }, "messages[0].content"],
      [{ messages: [{ role: "user", content: Array(9).fill(image) }] }, "messages"],
      [{ messages: Array(3).fill({ role: "user", content: "x".repeat(400_000) }) }, "messages"],
      [{ temperature: 3 }, "temperature"],
      [{ temperature: "hot" }, "temperature"],
      [{ top_p: 0 }, "top_p"],
      [{ max_tokens: 0 }, "max_tokens"],
      [{ max_tokens: 1.5 }, "max_tokens"],
      [{ seed: 1.5 }, "seed"],
      [{ stop: [""] }, "stop[0]"],
      [{ stop: Array(17).fill("x") }, "stop"],
      [{ n: 2 }, "n"],
      [{ tools: [{}] }, "tools[0].type"],
      [{ tools: [tool("a b")] }, "tools[0].function.name"],
      [{ tools: [tool("a"), tool("a")] }, "tools[1].function.name"],
      [{ tools: Array.from({ length: 33 }, (_, index) => tool(`a${index}`)) }, "tools"],
      [{ tool_choice: "required" }, "tool_choice"],
      [{ tools: [tool("a")], tool_choice: { type: "function", function: { name: "b" } } }, "tool_choice"],
      [{ tools: [tool("a")], response_format: { type: "json_object" } }, "response_format"],
      [{ messages: [call("1"), { role: "user", content: "x" }] }, "messages[0].tool_calls"],
      [{ messages: [call("1")] }, "messages[0].tool_calls"],
      [{ messages: [call("1"), result("2")] }, "messages[1].tool_call_id"],
      [{ messages: [call("1"), result("1"), result("1")] }, "messages[2].tool_call_id"],
      [
        { messages: [{ ...call("1"), tool_calls: [...call("1").tool_calls, ...call("1").tool_calls] }] },
        "messages[0].tool_calls",
      ],
      [{ reasoning_effort: "most" }, "reasoning_effort"],
      [{ logprobs: true }, "logprobs"],
      [{ logit_bias: { 5: 1 } }, "logit_bias"],
      [{ response_format: { type: "xml" } }, "response_format.type"],
      [{ response_format: { type: "json_schema" } }, "response_format.json_schema"],
      [{ stream: "yes" }, "stream"],
    ] as const)
      expect(wrong(change), JSON.stringify(change)).toMatchObject({ param, status: 400 });
    expect(wrong({ temprature: 1 })).toEqual({ param: "temprature", code: "unknown_field", status: 400 });
    for (const body of [null, [], "hi", 5])
      expect(parseChatRequest(body)).toMatchObject({ ok: false, error: { status: 400 } });
  });

  it("answers anything at all with a value, never a throw", () => {
    fc.assert(fc.property(fc.anything(), (body) => typeof parseChatRequest(body).ok === "boolean"));
  });
});
