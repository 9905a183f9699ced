import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalsOf, missingLiterals, saysSomething, sentencesOf, withoutCitations } from "./sentences";

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

  it("are checked without their references, where they say anything", () => {
    expect(withoutCitations("It is red [1][2, 3]. 是红的【1】。")).toBe("It is red. 是红的。");
    expect(saysSomething("[1]")).toBe(false);
    expect(saysSomething("Yes [1]")).toBe(true);
  });
});

describe("what must stand in a source letter by letter", () => {
  it.each([
    ["It costs 1,200 euros [3].", ["1200"]],
    ["The model X200 was made by Acme Tools in 2024.", ["2024", "200", "x200", "acme", "tools"]],
    ["见《产品手册》第３章", ["3", "产品手册"]],
    ["The battery charges quickly.", []],
  ])("of %j: %j", (sentence, literals) => {
    expect([...literalsOf(sentence)].toSorted()).toEqual(literals.toSorted());
  });

  it("is looked for as whole numbers, and as names in any case", () => {
    expect(missingLiterals(new Set(["20"]), "made in 2024")).toEqual(["20"]);
    expect(missingLiterals(new Set(["1200", "acme"]), "ACME asks 1,200")).toEqual([]);
    expect(missingLiterals(new Set(["2"]), "2.0 hours")).toEqual([]);
  });
});
