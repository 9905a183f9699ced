import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { searchWords } from "./words";

const byPairs = (run: string) => run.match(/.{1,2}/gu) ?? [];

describe("the words of a text", () => {
  it("are of one width and case, without signs", () => {
    expect(searchWords("Ｐro-Max 2.0: “café”, ﬁne!", byPairs)).toEqual(["pro", "max", "2", "0", "café", "fine"]);
  });

  it("are cut where Chinese and other writing meet, and Chinese as it is told", () => {
    expect(searchWords("我的iPhone15保修期", byPairs)).toEqual(["我的", "iphone15", "保修", "期"]);
  });

  it("leave out what is too common to tell anything, and what no word is that long", () => {
    expect(searchWords("退款 的 什么", (run) => [run])).toEqual(["退款"]);
    expect(searchWords(`${"x".repeat(65)} y`, byPairs)).toEqual(["y"]);
    expect(searchWords("", byPairs)).toEqual([]);
  });

  it("hold no space and nothing that a query could be made of", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => {
        for (const word of searchWords(text, byPairs)) expect(word).toMatch(/^[\p{L}\p{M}\p{N}]+$/u);
      }),
    );
  });
});
