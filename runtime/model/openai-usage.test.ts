import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeUsage, mostTokens, plausibleUsage, readInputUsage, readUsage } from "./openai-usage";

describe("the usage of a chat", () => {
  it.each([
    ["OpenAI's", { prompt_tokens: 12, completion_tokens: 5, total_tokens: 17 }, { inputTokens: 12, outputTokens: 5 }],
    [
      "OpenAI's with cached tokens and reasoning",
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 80 },
        completion_tokens_details: { reasoning_tokens: 40 },
      },
      { inputTokens: 100, outputTokens: 50, cachedInputTokens: 80, thinkingTokens: 40 },
    ],
    [
      "DeepSeek's",
      { prompt_tokens: 100, completion_tokens: 5, prompt_cache_hit_tokens: 64, prompt_cache_miss_tokens: 36 },
      { inputTokens: 100, outputTokens: 5, cachedInputTokens: 64 },
    ],
    [
      "Anthropic's, whose input leaves out what the cache had",
      { input_tokens: 20, output_tokens: 5, cache_read_input_tokens: 80, cache_creation_input_tokens: 10 },
      { inputTokens: 110, outputTokens: 5, cachedInputTokens: 80 },
    ],
    [
      "a gateway's in both forms, whose prompt holds them",
      { prompt_tokens: 100, completion_tokens: 5, cache_read_input_tokens: 80 },
      { inputTokens: 100, outputTokens: 5, cachedInputTokens: 80 },
    ],
    [
      "that of the responses form",
      { input_tokens: 100, output_tokens: 5, input_tokens_details: { cached_tokens: 30 } },
      { inputTokens: 100, outputTokens: 5, cachedInputTokens: 30 },
    ],
    [
      "one that counts reasoning beside the completion",
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 35,
        completion_tokens_details: { reasoning_tokens: 20 },
      },
      { inputTokens: 10, outputTokens: 25, thinkingTokens: 20 },
    ],
    [
      "one with a total in place of the output",
      { prompt_tokens: 10, total_tokens: 14 },
      { inputTokens: 10, outputTokens: 4 },
    ],
    ["one without the output", { prompt_tokens: 10 }, { inputTokens: 10, outputTokens: null }],
    ["one without the input", { completion_tokens: 4 }, { inputTokens: null, outputTokens: 4 }],
    ["text", { prompt_tokens: "10", completion_tokens: "4" }, { inputTokens: 10, outputTokens: 4 }],
    [
      "zeros of a server that does not count",
      { prompt_tokens: 0, completion_tokens: 7 },
      { inputTokens: null, outputTokens: 7 },
    ],
    ["a total alone", { total_tokens: 12 }, null],
    ["negative", { prompt_tokens: -1, completion_tokens: -1 }, null],
    ["absurd", { prompt_tokens: 1e15, completion_tokens: 3 }, { inputTokens: null, outputTokens: 3 }],
    ["broken", { prompt_tokens: 1.5, completion_tokens: Number.NaN }, null],
    [
      "more cached than read",
      { prompt_tokens: 10, completion_tokens: 1, prompt_cache_hit_tokens: 11 },
      { inputTokens: 10, outputTokens: 1 },
    ],
    ["null", null, null],
    ["nothing", {}, null],
  ])("in the form: %s", (_, value, expected) => {
    expect(readUsage(value)).toEqual(expected);
  });

  it("is never negative, absurd or other than whole, whatever comes", () => {
    const field = fc.oneof(fc.double(), fc.integer(), fc.string(), fc.constant(null), fc.bigInt());
    const usage = fc.record(
      Object.fromEntries(
        ["prompt_tokens", "completion_tokens", "total_tokens", "input_tokens", "cache_read_input_tokens"].map(
          (name) => [name, field],
        ),
      ),
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(usage, (value) => {
        const read = readUsage(value);
        for (const count of [read?.inputTokens, read?.outputTokens, read?.cachedInputTokens]) {
          if (count == null) continue;
          expect(Number.isInteger(count)).toBe(true);
          expect(count).toBeGreaterThanOrEqual(0);
          expect(count).toBeLessThanOrEqual(3 * mostTokens);
        }
        expect(read?.cachedInputTokens ?? 0).toBeLessThanOrEqual(read?.inputTokens ?? 0);
      }),
    );
  });

  it("in several chunks is that of the whole reply: the largest, with details that the last leaves out", () => {
    const chunks = [
      { prompt_tokens: 100, completion_tokens: 0 },
      { prompt_tokens: 100, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 60 } },
      { prompt_tokens: 100, completion_tokens: 8 },
      {},
    ];
    expect(chunks.map(readUsage).reduce(mergeUsage, null)).toEqual({
      inputTokens: 100,
      outputTokens: 8,
      cachedInputTokens: 60,
    });
    expect(mergeUsage(null, null)).toBeNull();
    const [first, second] = [readUsage({ prompt_tokens: 9 }), readUsage({ completion_tokens: 2 })];
    expect(mergeUsage(first, second)).toEqual({ inputTokens: 9, outputTokens: 2 });
  });

  it("does not say that a reply of words took no tokens", () => {
    expect(plausibleUsage({ inputTokens: 5, outputTokens: 0 }, 20)).toEqual({ inputTokens: 5, outputTokens: null });
    expect(plausibleUsage({ inputTokens: 5, outputTokens: 0 }, 0)).toEqual({ inputTokens: 5, outputTokens: 0 });
    expect(plausibleUsage({ inputTokens: null, outputTokens: 0 }, 20)).toBeNull();
  });
});

it("the usage of an operation without words is what it read", () => {
  expect(readInputUsage({ total_tokens: 7 })).toEqual({ inputTokens: 7, outputTokens: 0 });
  expect(readInputUsage({ prompt_tokens: 5, total_tokens: 5 })).toEqual({ inputTokens: 5, outputTokens: 0 });
  expect(readInputUsage({ total_tokens: -7 })).toBeNull();
  expect(readInputUsage(null)).toBeNull();
});
