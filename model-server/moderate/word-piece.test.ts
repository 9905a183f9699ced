import { describe, expect, it } from "vitest";
import { WordPiece } from "./word-piece";

const vocabulary = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "你", "好", "play", "##ing", "##ed", "!", "cafe", "API"].join(
  "\n",
);
const tokens = (text: string, lowercase = true) => new WordPiece(vocabulary, { lowercase }).encode(text);

describe("WordPiece", () => {
  it("cuts words into the longest pieces there are", () => {
    expect(tokens("playing played!")).toEqual([6, 7, 6, 8, 9]);
  });

  it("takes every Chinese character for a word", () => {
    expect(tokens("你好play你")).toEqual([4, 5, 6, 4]);
  });

  it("writes small letters without accents only where the vocabulary has no others", () => {
    expect(tokens("Café")).toEqual([10]);
    expect(tokens("API", false)).toEqual([11]);
    expect(tokens("API")).toEqual([1]);
  });

  it("knows what it does not know, and drops what cannot be seen", () => {
    expect(tokens(`xyz ${"a".repeat(101)} pl\u200Bay`)).toEqual([1, 1, 6]);
    expect(tokens("  \n")).toEqual([]);
  });

  it("needs the marks of the model in its vocabulary", () => {
    expect(() => new WordPiece("a\nb", { lowercase: true })).toThrow("[UNK]");
  });
});
