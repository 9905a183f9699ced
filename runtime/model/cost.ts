import type { Usage } from "@/runtime/node/context";

/** Micro-dollars per million tokens; null is unknown, 0 is free. */
export interface ModelPrice {
  readonly inputMicroUsdPerM: number | null;
  readonly outputMicroUsdPerM: number | null;
  /** Of input tokens that the server had in its cache; null or left out: they cost as much as the others. */
  readonly cachedInputMicroUsdPerM?: number | null;
}

/**
 * Millionths of a US dollar, a whole number, rounded once (half up). null where it cannot be known: the price of tokens that were
 * used, or how many there were of tokens that have a price.
 */
export const costMicroUsd = (usage: Usage | null, price: ModelPrice): number | null => {
  const { inputMicroUsdPerM: input, outputMicroUsdPerM: output } = price;
  const cachedPrice = price.cachedInputMicroUsdPerM ?? input;
  const { inputTokens = null, outputTokens = null, cachedInputTokens: cached = 0 } = usage ?? {};
  let total = 0n;
  for (const [tokens, perMillion] of [
    [inputTokens === null ? null : inputTokens - cached, input],
    [inputTokens === null ? 0 : cached, cachedPrice],
    [outputTokens, output],
  ] as const) {
    // So many tokens of nothing, or any number of free ones, cost nothing.
    if (tokens === 0 || perMillion === 0) continue;
    if (tokens === null || perMillion === null) return null;
    total += BigInt(tokens) * BigInt(perMillion);
  }
  return Number((total + 500_000n) / 1_000_000n);
};
