import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { loadSimplifiedUnits } from "./simplified";
import { createWordScanner } from "./word-scanner";
import { starterWords } from "./words/starter";

const found = (words: readonly string[], text: string, evasions = false): readonly string[] =>
  createWordScanner(words, { evasions })
    .scan(text)
    .map(({ start, end }) => text.slice(start, end));

describe("looking for words", () => {
  it.each([
    ["a word among others", ["casino"], "The casino is open.", ["casino"]],
    ["any case", ["casino"], "CaSiNo", ["CaSiNo"]],
    ["full width", ["casino"], "ＣＡＳＩＮＯ", ["ＣＡＳＩＮＯ"]],
    ["words in Chinese without spaces", ["赌博"], "他沉迷赌博很久了", ["赌博"]],
    ["a Latin word between Chinese characters", ["casino"], "去casino玩", ["casino"]],
    ["the longest of words inside one another", ["赌", "赌博", "赌博网站"], "赌博网站", ["赌博网站"]],
    ["words that overlap", ["ab cd", "cd ef"], "ab cd ef", ["ab cd", "cd ef"]],
    ["several blanks as one", ["fuck off"], "fuck \t off", ["fuck \t off"]],
    ["a word of both scripts", ["K粉"], "卖k粉的", ["k粉"]],
    ["a sign next to a word", ["c++"], "I like C++.", ["C++"]],
    ["words that a line end parts", ["fuck off"], "fuck\r\noff", ["fuck\r\noff"]],
    ["accents apart from their letters", ["café noir"], "Cafe\u0301 noir", ["Cafe\u0301 noir"]],
    ["an accent at the end of a word", ["caf\u0065\u0301"], "un café, un cafe\u0301.", ["café", "cafe\u0301"]],
  ])("finds %s", (_, words, text, expected) => {
    expect(found(words, text)).toEqual(expected);
  });

  it.each([
    ["inside another word", ["ass"], "a class of assets"],
    ["without its accent", ["café"], "a cafe"],
    ["with a digit behind it", ["ak"], "ak47"],
    ["across an empty line", ["fuck off"], "fuck\n\noff"],
    ["of nothing", ["", "  "], "  anything  "],
    ["parted, where evasions are not looked for", ["赌博"], "赌 博"],
  ])("finds no word %s", (_, words, text) => {
    expect(found(words, text)).toEqual([]);
  });

  it.each(["赌 博", "赌*博", "赌.博", "赌-_-博", "赌\u200b博", "赌 · 博", "赌　博", "赌\n博", "赌 \r\n 博"])(
    "sees through %s",
    (text) => {
      expect(found(["赌博"], `玩${text}吗`, true)).toEqual([text]);
    },
  );

  it("sees through traditional characters and hyphens at the end of a line", async () => {
    const simplified = await loadSimplifiedUnits();
    const scan = (words: readonly string[], text: string) =>
      createWordScanner(words, { evasions: true, simplified })
        .scan(text)
        .map(({ start, end }) => text.slice(start, end));
    expect(scan(["赌博网站"], "這個賭博網站")).toEqual(["賭博網站"]);
    expect(scan(["賭博"], "赌 博和賭*博")).toEqual(["赌 博", "賭*博"]);
    expect(scan(["nightfall"], "Project Night-\n  fall")).toEqual(["Night-\n  fall"]);
    expect(scan(["casino"], "the ca\u00adsi\u200bno")).toEqual(["ca\u00adsi\u200bno"]);
    expect(scan(["赌博"], "賭城博彩")).toEqual([]);
  });

  it.each(["他爱赌。博物馆开门了", "赌，博", "赌\n\n博", "赌a博", "ass ets"])(
    "does not join what a sentence parts: %s",
    (text) => {
      expect(found(["赌博", "assets"], text, true)).toEqual([]);
    },
  );

  it("finds what a search for each word finds, whatever the words and the text", () => {
    const letters = fc.constantFrom("a", "b", "赌", "博", " ");
    const string = (maxLength: number) => fc.array(letters, { maxLength }).map((all) => all.join(""));
    fc.assert(
      fc.property(fc.array(string(4), { maxLength: 8 }), string(40), (words, text) => {
        const spans = new Set<string>();
        const clean = words.map((word) => word.trim().replace(/ +/g, " ")).filter((word) => word !== "");
        const flat = text.replace(/ +/g, " ");
        for (const word of clean) {
          for (let at = flat.indexOf(word); at >= 0; at = flat.indexOf(word, at + 1)) {
            const isLetter = (place: number) => /[ab]/.test(flat[place] ?? " ");
            if (isLetter(at) && isLetter(at - 1)) continue;
            if (isLetter(at + word.length - 1) && isLetter(at + word.length)) continue;
            spans.add(`${at}-${at + word.length}`);
          }
        }
        const all = [...spans].map((span) => span.split("-").map(Number) as [number, number]);
        const outermost = all
          .filter(([from, to]) => !all.some(([a, b]) => a <= from && b >= to && b - a > to - from))
          .sort(([a], [b]) => a - b);
        const matches = createWordScanner(words).scan(flat);
        expect(matches.map(({ start, end }) => [start, end])).toEqual(outermost);
      }),
    );
  });

  it("takes a list and a text that are made to be slow", () => {
    const words = Array.from({ length: 100 }, (_, index) => "a".repeat(index + 1));
    expect(found(words, "a".repeat(200_000))).toEqual([]);
    expect(found(["赌博"], `赌${"*".repeat(500_000)}x`, true)).toEqual([]);
    expect(found(["赌博"], "* ".repeat(300_000), true)).toEqual([]);
  });
});

describe("the lists to start from", () => {
  it("name each word once, in a form in which it is found", () => {
    for (const categories of Object.values(starterWords)) {
      const all = Object.values(categories).flat();
      expect(new Set(all).size).toBe(all.length);
      for (const word of all) expect(found(all, word, true)).toEqual([word]);
    }
  });

  it.each([
    "The class assessed the assets of Scunthorpe and Essex.",
    "Please kill all processes that hang, then blow up the picture to twice its size.",
    "他在博物馆看了一场球赛，然后去银行办理信用卡。",
    "公司反洗钱部门加强了对可疑交易的监控，医生开了止痛药。",
  ])("leave ordinary sentences alone: %s", (text) => {
    const all = [...Object.values(starterWords.en).flat(), ...Object.values(starterWords.zh).flat()];
    expect(found(all, text, true)).toEqual([]);
  });
});
