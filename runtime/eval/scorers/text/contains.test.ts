import { describe, expect, it } from "vitest";
import { plainWordsOf } from "@/server/domain/knowledge/segment";
import { textContains } from "./contains";

const found = async (output: string, phrase: string, config: object = {}) => {
  const settings = textContains.config.parse({ phrases: [phrase], ...config });
  const { values } = await textContains.score({ config: settings, output } as never, { words: plainWordsOf } as never);
  return values.all;
};

describe("words in an answer", () => {
  it.each([
    ["No, it is not.", "no"],
    ["It costs 23 euros.", "23"],
    ["between -5 and 5.", "5"],
    ["Use C++, not C#", "c++"],
    ["He said: “don’t”", "don't"],
    ["我想去北京市看看", "北京"],
    ["人工智能很有用", "智能"],
    ["请选择退款。", "退款"],
    ["用GPU训练", "gpu"],
    ["The ﬁrst", "FIRST"],
    ["a, b and c", "c"],
    ["(yes)", "yes"],
    ["𠮷野家", "𠮷野家"],
  ])("%j has %j", async (output, phrase) => expect(await found(output, phrase)).toBe(1));

  it.each([
    ["This is not it.", "no"],
    ["concatenate", "cat"],
    ["16723", "23"],
    ["1.5", "5"],
    ["5,000", "5"],
    ["-5", "5"],
    ["北京都是人", "京都"],
    ["unrefundable", "refund"],
    ["naïve", "na"],
  ])("%j has no %j", async (output, phrase) => expect(await found(output, phrase)).toBe(0));

  it("are found anywhere where that is asked, and named where they are missing", async () => {
    expect(await found("concatenate", "cat", { words: false })).toBe(1);
    expect(await found("北京都是人", "京都", { words: false })).toBe(1);
    const config = textContains.config.parse({ phrases: ["yes", "no"] });
    expect(
      await textContains.score({ config, output: "yes" } as never, { words: plainWordsOf } as never),
    ).toMatchObject({ values: { all: 0, share: 0.5 }, reason: "Not found: no" });
  });

  it("take no longer for a phrase that is everywhere", async () => {
    expect(await found("a".repeat(20_000), "aa")).toBe(0);
    expect(await found("的".repeat(20_000), "的的")).toBeLessThanOrEqual(1);
  });
});
