import { describe, expect, it } from "vitest";
import { collect } from "@/runtime/testing/endpoint-conformance";
import { ManualClock } from "@/runtime/testing/manual-clock";
import type { HttpFetch } from "./http-fetch";
import { createOpenAiEndpoint } from "./openai-endpoint";
import { saysSomething } from "./says-something";

const delta = (of: object, more: object = {}) => ({ choices: [{ index: 0, delta: of, finish_reason: null, ...more }] });
const still = [
  {},
  null,
  "",
  { choices: [] },
  { choices: [], usage: null },
  delta({}),
  delta({ content: "" }),
  delta({ content: null }),
  delta({ role: "assistant", content: "" }),
  delta({ content: "", reasoning_content: "", tool_calls: [] }),
  delta({ content: [{ text: "" }] }),
];
const alive = [
  delta({ content: " " }),
  delta({ reasoning_content: "Hm" }),
  delta({ reasoning: "Hm" }),
  delta({ tool_calls: [{ index: 0, function: { arguments: "{" } }] }),
  delta({}, { finish_reason: "stop" }),
  { choices: [{ text: "x" }] },
  { choices: [{ message: { role: "assistant", content: "x" } }] },
  { choices: [], usage: { prompt_tokens: 0 } },
  { error: { message: "no" } },
  { object: "error" },
];

it.each(still)("takes %j for silence", (chunk) => expect(saysSomething(chunk)).toBe(false));
it.each(alive)("takes %j for a sign of life", (chunk) => expect(saysSomething(chunk)).toBe(true));

describe("a stream", () => {
  /** Sends a piece a second, for ever. */
  const endpointThatSends = (text: string, clock: ManualClock, most = Number.POSITIVE_INFINITY) => {
    const fetch: HttpFetch = async () => ({
      status: 200,
      header: (name) => (name === "content-type" ? "text/event-stream" : null),
      body: (async function* () {
        for (let count = 0; count < most; count++) {
          clock.advance(1_000);
          yield Buffer.from(text);
        }
        yield Buffer.from('data: {"choices":[{"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n');
      })(),
    });
    return createOpenAiEndpoint(
      { id: "e", name: "Idle", baseUrl: "http://127.0.0.1/v1", apiKey: null, timeoutMs: 30_000 },
      { fetch, clock },
    );
  };
  const ask = { model: "m", messages: [{ role: "user" as const, content: "hello" }] };
  const open = () => ({ signal: new AbortController().signal });

  it.each([
    ["empty pieces", `data: ${JSON.stringify(delta({ role: "assistant", content: "" }))}\n\n`],
    ["comments", ": OPENROUTER PROCESSING\n\n"],
  ])("of nothing but %s is timed out as a silent one", async (_, text) => {
    await expect(collect(endpointThatSends(text, new ManualClock()).chat(ask, open()))).rejects.toMatchObject({
      code: "model-timeout",
    });
  });

  it("of thoughts is none", async () => {
    const text = `data: ${JSON.stringify(delta({ reasoning_content: "Hm" }))}\n\n`;
    const parts = await collect(endpointThatSends(text, new ManualClock(), 100).chat(ask, open()));
    expect(parts.at(-1)).toMatchObject({ type: "finish", reason: "stop" });
  });
});
