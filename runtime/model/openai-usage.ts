import type { Usage } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";

/** More tokens than this in one call are a mistake of the server's: no model reads so much. */
export const mostTokens = 100_000_000;

/** A count that can be one: whole, not negative, not absurd. Some servers write it as text. */
const tokenCount = (value: unknown): number | null => {
  const number = typeof value === "string" && /^\d{1,9}$/.test(value) ? Number(value) : value;
  return typeof number === "number" && Number.isInteger(number) && number >= 0 && number <= mostTokens ? number : null;
};

const detail = (usage: Readonly<Record<string, unknown>>, names: readonly string[], key: string): number | null => {
  for (const name of names) {
    const details = usage[name];
    const count = isRecord(details) ? tokenCount(details[key]) : null;
    if (count !== null) return count;
  }
  return null;
};

/**
 * The usage of a chat, in OpenAI's words or in those of others. What is not said, or cannot be, is null: never 0. `inputTokens` holds the cached ones, and
 * `outputTokens` the reasoning, each once: Anthropic's `input_tokens` leaves the cached ones out, and some servers count reasoning beside the completion,
 * which their total gives away.
 */
export const readUsage = (value: unknown): Usage | null => {
  if (!isRecord(value)) return null;
  const prompt = tokenCount(value.prompt_tokens);
  const total = tokenCount(value.total_tokens);
  const cacheRead = tokenCount(value.cache_read_input_tokens);
  const cached =
    detail(value, ["prompt_tokens_details", "input_tokens_details"], "cached_tokens") ??
    tokenCount(value.prompt_cache_hit_tokens) ??
    cacheRead ??
    tokenCount(value.cached_tokens);
  let output = tokenCount(value.completion_tokens) ?? tokenCount(value.output_tokens);
  let input = prompt ?? tokenCount(value.input_tokens);
  if (prompt === null && input !== null && !isRecord(value.input_tokens_details)) {
    input += (cacheRead ?? 0) + (tokenCount(value.cache_creation_input_tokens) ?? 0);
  }
  if (input !== null && output === null && total !== null && total >= input) output = total - input;
  const reasoning =
    detail(value, ["completion_tokens_details", "output_tokens_details"], "reasoning_tokens") ??
    tokenCount(value.reasoning_tokens) ??
    0;
  if (input !== null && output !== null && reasoning > 0 && total === input + output + reasoning) output += reasoning;
  // A prompt without a token is none: some servers write zeros where they do not count.
  if (input === 0) input = null;
  if (input === null && output === null) return null;
  const usable = cached !== null && input !== null && cached <= input ? cached : null;
  return {
    inputTokens: input,
    outputTokens: output,
    ...(usable === null ? {} : { cachedInputTokens: usable }),
    ...(reasoning > 0 && output !== null && reasoning <= output ? { thinkingTokens: reasoning } : {}),
  };
};

/** The usage of an operation that reads and writes nothing: embeddings, moderation, reranking. All its tokens are read. */
export const readInputUsage = (value: unknown): Usage | null => {
  if (!isRecord(value)) return null;
  const input = tokenCount(value.prompt_tokens) ?? tokenCount(value.input_tokens) ?? tokenCount(value.total_tokens);
  return input === null ? null : { inputTokens: input, outputTokens: 0 };
};

const larger = (one: number | null | undefined, other: number | null | undefined): number | null =>
  one == null ? (other ?? null) : other == null ? one : Math.max(one, other);

/**
 * Of several usages in one stream. Each tells of the whole reply so far, so that the largest count is the last; what one chunk leaves out, as the last often
 * does with details, another has said.
 */
export const mergeUsage = (before: Usage | null, next: Usage | null): Usage | null => {
  if (before === null || next === null) return next ?? before;
  const inputTokens = larger(before.inputTokens, next.inputTokens);
  const cached = larger(before.cachedInputTokens, next.cachedInputTokens);
  const thinking = larger(before.thinkingTokens, next.thinkingTokens);
  return {
    inputTokens,
    outputTokens: larger(before.outputTokens, next.outputTokens),
    ...(cached === null || inputTokens === null || cached > inputTokens ? {} : { cachedInputTokens: cached }),
    ...(thinking === null ? {} : { thinkingTokens: thinking }),
  };
};

/** A reply that has words took tokens to write: where the server says none, or more than its letters can be, nobody knows how many. */
export const plausibleUsage = (usage: Usage | null, characters: number): Usage | null => {
  if (usage === null || usage.outputTokens !== 0 || characters === 0) return usage;
  return usage.inputTokens === null ? null : { ...usage, outputTokens: null };
};
