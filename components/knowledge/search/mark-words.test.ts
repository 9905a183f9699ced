import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { leadOf, markWords } from "./mark-words";

const marked = (text: string, words: readonly string[]) =>
  markWords(text, words)
    .filter((part) => part.marked)
    .map((part) => part.text);

describe("markWords", () => {
  test("marks words in any case and with another ending", () => {
    expect(marked("Compressors were compressed; the PUMP is replaced.", ["compressor", "pump", "replace"])).toEqual([
      "Compressors",
      "compressed",
      "PUMP",
      "replaced",
    ]);
  });

  test("does not mark other words that begin alike, nor other numbers", () => {
    expect(marked("cater category K740 K7401", ["cat", "k740"])).toEqual(["K740"]);
  });

  test("marks Chinese words inside running text", () => {
    expect(marked("第20号压缩机的维护代码是K740。", ["压缩机", "维护", "代码"])).toEqual(["压缩机", "维护代码"]);
  });

  test("a word that holds another is marked whole", () => {
    expect(marked("离心压缩机", ["压缩机", "压缩"])).toEqual(["压缩机"]);
  });

  test("reads full-width letters as letters", () => {
    expect(marked("型号ＡＢＣ", ["abc"])).toEqual(["ＡＢＣ"]);
  });

  test("the parts joined are the text, whatever the words", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom("a", "b", " ", "泵", "机", "🔧", ".") }),
        fc.array(fc.string({ unit: fc.constantFrom("a", "b", "泵", "机"), maxLength: 3 })),
        (text, words) => {
          expect(
            markWords(text, words)
              .map((part) => part.text)
              .join(""),
          ).toBe(text);
        },
      ),
    );
  });
});

test("a passage is shown from a little before its first marked word, if that lies far down", () => {
  const parts = markWords(`${"x ".repeat(300)}pump`, ["pump"]);
  expect(leadOf(parts, 80)).toBe(522);
  const words = markWords(`${"extraordinary ".repeat(60)}pump`, ["pump"]);
  expect(words[0]?.text.slice(leadOf(words, 80))).toMatch(/^extraordinary /);
  expect(leadOf(markWords("the pump", ["pump"]), 80)).toBe(0);
  expect(leadOf(markWords("nothing", ["pump"]), 80)).toBe(0);
});
