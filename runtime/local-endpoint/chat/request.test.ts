import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseChatRequest } from "./request";

const least = { model: "m", messages: [{ role: "user", content: "hi" }] };
const image = { type: "image_url", image_url: { url: "data:image/png;base64,AAAA", detail: "low" } };
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

  it("names the field that is wrong", () => {
    for (const [change, param] of [
      [{ model: "" }, "model"],
      [{ messages: [] }, "messages"],
      [{ messages: "hi" }, "messages"],
      [{ messages: [{ role: "tool", content: "x" }] }, "messages[0].role"],
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
      [{ tools: [{}] }, "tools"],
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
