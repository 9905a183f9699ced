import { describe, expect, it } from "vitest";
import type { ScorerContext } from "../../contract/scorer";
import { tokens13a, tokensZh } from "../lib/bleu-tokens";
import { textBleu } from "./bleu";
import { textChrf } from "./chrf";
import { editDistance } from "./edit-distance";
import { textRouge } from "./rouge";

// The BLEU and chrF figures were computed by a second implementation, in Python with collections.Counter, after sacreBLEU's description.
const english = [
  ["The dog bit the man.", "The dog bit the man."],
  ["It wasn't surprising.", "It was not unexpected."],
  ["The man had just bitten him, at 3.5 km/h.", "The man bit him first, at 3.5 km/h."],
] as const;
const chinese = [
  ["今天的天气很好。", "今天天气很好。"],
  ["我想去北京看看 2 天", "我想去北京看 3 天"],
] as const;
const context = { words: async (text: string) => text.match(/\p{L}+/gu) ?? [] } as unknown as ScorerContext;
const whole = async (scorer: typeof textBleu | typeof textChrf, pairs: readonly (readonly [string, string])[]) => {
  const parts: unknown[] = [];
  for (const [output, expected] of pairs) {
    const call = { config: { tokenise: "auto" }, output, expected } as never;
    parts.push((await scorer.score(call, context)).parts);
  }
  return scorer.metrics[0]?.corpus?.(parts, new Array(parts.length).fill(1));
};

describe("corpus scores agree with a second implementation", () => {
  it("in English", async () => {
    expect(await whole(textBleu, english)).toBeCloseTo(0.5937653880402619, 12);
    expect(await whole(textChrf, english)).toBeCloseTo(0.5597012440407257, 12);
  });
  it("in Chinese, by character", async () => {
    expect(await whole(textBleu, chinese)).toBeCloseTo(0.6054523448832431, 12);
    expect(await whole(textChrf, chinese)).toBeCloseTo(0.5656292609076646, 12);
  });
});

// From sacreBLEU's own tests (test_sentence_bleu.py, and test_chrf.py where beta makes no difference).
describe("scores of one row agree with sacreBLEU", () => {
  const sentence = async (scorer: typeof textBleu | typeof textChrf, output: string, expected: string) =>
    (await scorer.score({ config: { tokenise: "13a" }, output, expected } as never, context)).values.sentence;

  it("for BLEU, smoothed", async () => {
    const [answer, reference] = [
      "Producția de zahăr primă va fi exprimată în ceea ce privește zahărul alb;",
      "producţia de zahăr brut se exprimă în zahăr alb;",
    ];
    expect(await sentence(textBleu, answer, reference)).toBeCloseTo(0.08493, 5);
    expect(await sentence(textBleu, "this is a cat", "okay thanks")).toBe(0);
  });
  it("for chrF with short texts", async () => {
    expect(await sentence(textChrf, "a b c", "abc")).toBe(1);
    expect(await sentence(textChrf, "aa", "ab")).toBeCloseTo(0.25, 12);
    expect(await sentence(textChrf, "", "reference")).toBe(0);
    expect(
      await whole(textChrf, [
        ["a", "a"],
        ["b", "c"],
      ]),
    ).toBeCloseTo(0.5, 12);
  });
  it("for chrF of all rows, where a reference is shorter than an order", async () => {
    // Orders 1 to 6 of "abcdefgh" against itself, and order 1 and 2 of "xyz" against "xy": precision (10/11 + 8/9 + 4) / 6, recall 1.
    const precision = (10 / 11 + 8 / 9 + 4) / 6;
    expect(
      await whole(textChrf, [
        ["abcdefgh", "abcdefgh"],
        ["xyz", "xy"],
      ]),
    ).toBeCloseTo((5 * precision) / (4 * precision + 1), 12);
  });
});

describe("tokens", () => {
  it("keep decimals together and take punctuation and dashes after digits apart", () => {
    expect(tokens13a('Hello, world! It costs $3.50 (50-60%) "now".').join(" ")).toBe(
      'Hello , world ! It costs $ 3.50 ( 50 - 60 % ) " now " .',
    );
  });
  // Printed by sacreBLEU's own table of ranges, put to Python 3.
  it("of Chinese are also dashes, dots and curly quotation marks, each alone", () => {
    expect(tokensZh("“GPU”很快——真的……𠀀𠀁")).toEqual([
      "“",
      "GPU",
      "”",
      "很",
      "快",
      "—",
      "—",
      "真",
      "的",
      "…",
      "…",
      "𠀀𠀁",
    ]);
  });
  it("of Chinese are its characters, of Latin words within it the words", () => {
    expect(tokensZh("我用GPU训练。")).toEqual(["我", "用", "GPU", "训", "练", "。"]);
  });
});

it("edits are those of Levenshtein", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("", "你好")).toBe(2);
  expect(editDistance("𝒳y", "𝒳z")).toBe(1);
});

it("ROUGE is worked out by hand for one pair", async () => {
  const { values } = await textRouge.score(
    { output: "the cat sat on the mat", expected: "the cat was on the mat" } as never,
    context,
  );
  // 5 of 6 words, 3 of 5 pairs, a common sequence of 5.
  expect(values["rouge-1"]).toBeCloseTo(5 / 6, 12);
  expect(values["rouge-2"]).toBeCloseTo(3 / 5, 12);
  expect(values["rouge-l"]).toBeCloseTo(5 / 6, 12);
});

it("ROUGE-2 of a single word is 0, as in rouge-score", async () => {
  const { values } = await textRouge.score({ output: "yes", expected: "yes" } as never, context);
  expect(values).toEqual({ "rouge-1": 1, "rouge-2": 0, "rouge-l": 1 });
});
