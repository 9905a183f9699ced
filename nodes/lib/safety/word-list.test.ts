import { describe, expect, it } from "vitest";
import { checkWordList, parseWordList, wordListLimits } from "./word-list";

const listOf = (count: number) => Array.from({ length: count }, (_, index) => `word${index}`).join("\n");

describe("a list of words", () => {
  it("has one word a line, each once, without blank lines and remarks", () => {
    expect(parseWordList("\ufeff# mine\r\none\n two words \r\rone\n三")).toEqual(["one", "two words", "三"]);
  });

  it("may have a hundred thousand words and no more", () => {
    const full = checkWordList(listOf(wordListLimits.words));
    expect(full.ok && full.value.length).toBe(100_000);
    expect(checkWordList(listOf(wordListLimits.words + 1))).toEqual({
      ok: false,
      error: "The list has 100,001 words; at most 100,000 are taken. Divide it over several steps.",
    });
  });

  it("refuses a word that is a paragraph, and a text that is a book", () => {
    expect(checkWordList("x".repeat(101))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/one word a line/),
    });
    expect(checkWordList("a\n".repeat(1_000_001))).toMatchObject({
      ok: false,
      error: expect.stringMatching(/2,000,000 characters/),
    });
  });
});
