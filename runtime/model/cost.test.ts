import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { costMicroUsd } from "./cost";

const tokens = fc.nat(2_000_000_000);
const price = fc.nat(2_000_000_000);

describe("the cost of a call", () => {
  it("is a whole number of micro-dollars, within half of one of the exact sum", () => {
    fc.assert(
      fc.property(tokens, tokens, price, price, (inputTokens, outputTokens, inputMicroUsdPerM, outputMicroUsdPerM) => {
        const cost = costMicroUsd({ inputTokens, outputTokens }, { inputMicroUsdPerM, outputMicroUsdPerM });
        if (cost === null) throw new Error("the price is known");
        const exact =
          BigInt(inputTokens) * BigInt(inputMicroUsdPerM) + BigInt(outputTokens) * BigInt(outputMicroUsdPerM);
        expect(Number.isInteger(cost)).toBe(true);
        if (!Number.isSafeInteger(cost)) return;
        const twice = 2n * (BigInt(cost) * 1_000_000n - exact);
        expect(twice <= 1_000_000n && twice > -1_000_000n).toBe(true);
      }),
    );
  });

  it.each([
    [1_000_000, 0, 2_500_000, 10_000_000, 2_500_000],
    [1000, 500, 150_000, 600_000, 450],
    [3, 0, 150_000, 0, 0],
    [4, 0, 150_000, 0, 1],
    [0, 0, 150_000, 600_000, 0],
  ])("of %i and %i tokens at %i and %i is %i", (inputTokens, outputTokens, input, output, expected) => {
    const usage = { inputTokens, outputTokens };
    expect(costMicroUsd(usage, { inputMicroUsdPerM: input, outputMicroUsdPerM: output })).toBe(expected);
  });

  it("is unknown, not nothing, where a price is unknown", () => {
    const usage = { inputTokens: 10, outputTokens: 10 };
    expect(costMicroUsd(usage, { inputMicroUsdPerM: null, outputMicroUsdPerM: null })).toBeNull();
    expect(costMicroUsd(usage, { inputMicroUsdPerM: 5, outputMicroUsdPerM: null })).toBeNull();
    expect(costMicroUsd(usage, { inputMicroUsdPerM: null, outputMicroUsdPerM: 5 })).toBeNull();
  });

  it("needs no price of tokens that were not used, as with embeddings", () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 0 };
    expect(costMicroUsd(usage, { inputMicroUsdPerM: 20_000, outputMicroUsdPerM: null })).toBe(20_000);
  });

  it("is unknown where the tokens are, unless they are free", () => {
    expect(costMicroUsd(null, { inputMicroUsdPerM: 5, outputMicroUsdPerM: 5 })).toBeNull();
    expect(costMicroUsd(null, { inputMicroUsdPerM: 0, outputMicroUsdPerM: 5 })).toBeNull();
    expect(costMicroUsd(null, { inputMicroUsdPerM: 0, outputMicroUsdPerM: 0 })).toBe(0);
  });

  it("counts cached input at its own price, and as the rest where it has none", () => {
    const usage = { inputTokens: 1_000_000, outputTokens: 0, cachedInputTokens: 800_000 };
    const price = { inputMicroUsdPerM: 2_000_000, outputMicroUsdPerM: 8_000_000 };
    expect(costMicroUsd(usage, { ...price, cachedInputMicroUsdPerM: 500_000 })).toBe(800_000);
    expect(costMicroUsd(usage, { ...price, cachedInputMicroUsdPerM: 0 })).toBe(400_000);
    expect(costMicroUsd(usage, { ...price, cachedInputMicroUsdPerM: null })).toBe(2_000_000);
    expect(costMicroUsd(usage, price)).toBe(2_000_000);
  });

  it("is unknown where a part of the tokens is, unless that part is free", () => {
    const price = { inputMicroUsdPerM: 1_000_000, outputMicroUsdPerM: 1_000_000 };
    expect(costMicroUsd({ inputTokens: null, outputTokens: 5 }, price)).toBeNull();
    expect(costMicroUsd({ inputTokens: 5, outputTokens: null }, price)).toBeNull();
    expect(costMicroUsd({ inputTokens: 5, outputTokens: null }, { ...price, outputMicroUsdPerM: 0 })).toBe(5);
  });
});
