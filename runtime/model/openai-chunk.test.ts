import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readChunk } from "./openai-chunk";

const choice = (delta: unknown, finish_reason: unknown = null) => ({ choices: [{ index: 0, delta, finish_reason }] });

describe("a chunk of a stream", () => {
  it.each([
    ["a token", choice({ content: "Hi" }), { text: "Hi", reason: null, usage: null }],
    ["a role only", choice({ role: "assistant", content: "" }), { text: "", reason: null, usage: null }],
    ["a thought", choice({ reasoning_content: "Hm." }), { thinking: "Hm." }],
    ["a thought beside null content", choice({ reasoning: "Hm.", content: null }), { thinking: "Hm." }],
    [
      "parts",
      choice({ content: [{ type: "text", text: "a" }, { text: "b" }, 3] }),
      { text: "ab", reason: null, usage: null },
    ],
    ["a refusal", choice({ refusal: "I cannot." }), { text: "I cannot.", reason: "refusal" }],
    ["the end", choice({}, "stop"), { text: "", reason: "stop", usage: null }],
    ["TGI's end", choice({ content: "" }, "eos_token"), { text: "", reason: "stop", usage: null }],
    ["the most tokens", choice({}, "length"), { text: "", reason: "length", usage: null }],
    ["a filter", choice({}, "content_filter"), { text: "", reason: "content-filter", usage: null }],
    ["a tool call", choice({}, "tool_calls"), { reason: "tool-calls" }],
    ["an empty reason", choice({ content: "x" }, ""), { text: "x", reason: null, usage: null }],
    [
      "usage alone",
      { choices: [], usage: { prompt_tokens: 3, completion_tokens: 4, total_tokens: 7 } },
      { text: "", reason: null, usage: { inputTokens: 3, outputTokens: 4 } },
    ],
    [
      "Groq's usage",
      { ...choice({}, "stop"), x_groq: { usage: { prompt_tokens: 1, completion_tokens: 2 } } },
      { text: "", reason: "stop", usage: { inputTokens: 1, outputTokens: 2 } },
    ],
    [
      "a whole completion",
      { choices: [{ message: { content: "Hi" }, finish_reason: "stop" }], usage: null },
      { text: "Hi", reason: "stop", usage: null },
    ],
    [
      "a thought said twice",
      choice({
        reasoning: "Hm.",
        reasoning_content: "Hm.",
        reasoning_details: [{ type: "reasoning.text", text: "Hm." }],
      }),
      { thinking: "Hm." },
    ],
    [
      "thoughts in details",
      choice({ reasoning_details: [{ type: "reasoning.summary", summary: "Hm." }] }),
      { thinking: "Hm." },
    ],
    ["thoughts in blocks", choice({ thinking_blocks: [{ type: "thinking", thinking: "Hm." }] }), { thinking: "Hm." }],
    [
      "thoughts among parts",
      choice({
        content: [
          { type: "thinking", thinking: [{ type: "text", text: "Hm." }] },
          { type: "text", text: "Yes" },
        ],
      }),
      { text: "Yes", thinking: "Hm." },
    ],
    ["Google's thought", choice({ content: "Hm.", extra_content: { google: { thought: true } } }), { thinking: "Hm." }],
    ["Google's filter", choice({}, "content_filter: RECITATION"), { reason: "content-filter" }],
    ["Google's own words", choice({}, "MAX_TOKENS"), { reason: "length" }],
    ["Google's own filter", choice({}, "SAFETY"), { reason: "content-filter" }],
    ["Zhipu's filter", choice({}, "sensitive"), { reason: "content-filter" }],
    ["Anthropic's end of the window", choice({}, "model_context_window_exceeded"), { reason: "length" }],
    ["no choice at all", { choices: [], usage: null }, {}],
    ["an old completion", { choices: [{ text: "Hi" }] }, { text: "Hi", reason: null, usage: null }],
  ])("that holds %s is read", (_, chunk, expected) => {
    expect(readChunk(chunk)).toEqual({ text: "", thinking: "", toolCalls: [], reason: null, usage: null, ...expected });
  });

  it("that is an error is given as one", () => {
    expect(readChunk({ object: "error", message: "no" }).error).toBeDefined();
    expect(readChunk({ error: "no" }).error).toBeDefined();
    expect(readChunk({ ...choice({ content: "x" }), error: null }).error).toBeUndefined();
    for (const reason of ["error", "abort", "insufficient_system_resource"]) {
      expect(readChunk(choice({ content: "" }, reason)).error).toBeDefined();
    }
    expect(readChunk({ choices: [{ delta: {}, error: { code: 502, message: "Provider died" } }] }).error).toBeDefined();
    expect(readChunk({ base_resp: { status_code: 1004, status_msg: "no" } }).error).toBeDefined();
    expect(readChunk({ code: "InvalidParameter", message: "no" }).error).toBeDefined();
    expect(readChunk({ detail: [{ loc: ["body"], msg: "no" }] }).error).toBeDefined();
  });

  it("of any form is never a crash", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.record({ choices: fc.array(fc.jsonValue()), usage: fc.jsonValue() })),
        (chunk) => {
          const { text } = readChunk(chunk);
          expect(typeof text).toBe("string");
        },
      ),
    );
  });
});
