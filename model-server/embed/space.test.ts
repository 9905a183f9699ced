import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CHINESE_DIMENSIONS, ENGLISH_DIMENSIONS, encodeShared, SHARED_DIMENSIONS } from "./space";

const axis = (dimensions: number, text: string) => {
  const vector = new Float32Array(dimensions);
  vector[text.length % dimensions] = 1;
  return vector;
};
const asked: string[] = [];
const encoders = {
  english: async (text: string) => {
    asked.push("en");
    return { vector: axis(ENGLISH_DIMENSIONS, text), tokens: 3 };
  },
  chinese: async (text: string) => {
    asked.push("zh");
    return { vector: axis(CHINESE_DIMENSIONS, text), tokens: 5 };
  },
};
const dot = (left: Float32Array, right: Float32Array) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);

describe("encodeShared", () => {
  it("asks only the model of the text's language", async () => {
    asked.length = 0;
    await encodeShared("hello there", encoders);
    expect(asked.splice(0)).toEqual(["en"]);
    await encodeShared("你好世界", encoders);
    expect(asked.splice(0)).toEqual(["zh"]);
  });

  it("gives every text a vector of length 1, of one size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("invoice", "退款", "parcel", "发票", "7"), { minLength: 1 }),
        async (words) => {
          const { vector } = await encodeShared(words.join(" "), encoders);
          expect(vector).toHaveLength(SHARED_DIMENSIONS);
          expect(dot(vector, vector)).toBeCloseTo(1, 5);
        },
      ),
    );
  });

  it("keeps each model's own similarity, and makes the two languages strangers", async () => {
    const [english, same, chinese] = await Promise.all(
      ["same length", "same_length", "你好世界你好"].map(async (text) => (await encodeShared(text, encoders)).vector),
    );
    if (!english || !same || !chinese) throw new Error("three vectors were expected");
    expect(dot(english, same)).toBeCloseTo(1, 5);
    expect(dot(english, chinese)).toBe(0);
  });
});
