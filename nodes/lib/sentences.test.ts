import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { saysSomething, sentencesOf, withoutCitations } from "./sentences";

describe("the sentences of a text", () => {
  it.each([
    ["One. Two! Three?", ["One.", "Two!", "Three?"]],
    ["It takes 2.5 hours, e.g. at night. Done.", ["It takes 2.5 hours, e.g. at night.", "Done."]],
    ["Ask Dr. Lee. She knows.", ["Ask Dr. Lee.", "She knows."]],
    ["保修期为两年。电池不在内！为什么？", ["保修期为两年。", "电池不在内！", "为什么？"]],
    ["他说：“可以。”然后走了。", ["他说：“可以。”", "然后走了。"]],
    ["- First thing\n- Second thing", ["- First thing", "- Second thing"]],
    ["1. Open it. 2. Close it.", ["1. Open it.", "2. Close it."]],
    ["", []],
    ["No end", ["No end"]],
    ['He said "Stop!" Then he left.', ['He said "Stop!"', "Then he left."]],
    ["真的吗？！真的。", ["真的吗？！", "真的。"]],
    ["Wait… What?", ["Wait…", "What?"]],
  ])("%j are %j", (text, sentences) => {
    expect(sentencesOf(text)).toEqual(sentences);
  });

  it("hold every letter of the text, in order", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "B", ".", " ", "\n", "。", "”", "1", "!") }), (text) => {
        expect(sentencesOf(text).join("").replace(/\s/g, "")).toBe(text.replace(/\s/g, ""));
      }),
    );
  });

  it("are found in one pass, also in texts that are made to be slow", () => {
    for (const piece of [" ", '"', ".", '."', "。”", "[1", "[ ", "\n", "A. ", "1. ", "…", "No. "]) {
      sentencesOf(piece.repeat(200_000 / piece.length));
      withoutCitations(piece.repeat(200_000 / piece.length));
    }
  });

  it("are checked without their references, where they say anything", () => {
    expect(withoutCitations("It is red [1][2, 3]. 是红的【1】。")).toBe("It is red. 是红的。");
    expect(saysSomething("[1]")).toBe(false);
    expect(saysSomething("Yes [1]")).toBe(true);
  });
});
