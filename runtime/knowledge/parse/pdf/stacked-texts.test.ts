import { describe, expect, it } from "vitest";
import type { PositionedText } from "./page-fragments";
import { stackedTexts } from "./stacked-texts";

const text = (str: string, x: number, y: number, size = 12): PositionedText => ({
  str,
  transform: [size, 0, 0, size, x, y],
  width: str.length * size * (/\p{Script=Han}/u.test(str) ? 1 : 0.5),
});
const down = (word: string, x: number, top: number, pitch = 16) =>
  [...word].map((sign, index) => text(sign, x, top + index * pitch));
const read = (texts: readonly PositionedText[]) => stackedTexts(texts).stacks.map(({ text: word }) => word);

describe("signs below each other", () => {
  it("are words, Chinese columns from right to left", () => {
    expect(read([...down("合同自签字之日", 500, 100), ...down("有效期为两年期", 470, 100)])).toEqual([
      "合同自签字之日",
      "有效期为两年期",
    ]);
  });

  it("are a title beside the text", () => {
    const body = [text("Keep away from water.", 120, 100), text("Read the manual first.", 120, 125)];
    const { stacks, rest } = stackedTexts([...down("WARNING", 60, 100), ...body]);
    expect(stacks.map(({ text: word }) => word)).toEqual(["WARNING"]);
    expect(rest).toEqual(body);
  });

  it.each([
    [
      "lines whose signs are drawn one by one",
      ["本合同自双方签", "字盖章之日起生", "效有效期为两年", "期满前三十日内"].flatMap((line, row) =>
        [...line].map((sign, column) => text(sign, 72 + column * 30, 100 + row * 22)),
      ),
    ],
    [
      "cells of a table",
      ["是", "否", "待", "定", "缓"].flatMap((sign, row) => [
        text(`第${row}行`, 72, 100 + row * 20),
        text(sign, 200, 100 + row * 20),
      ]),
    ],
    ["figures", down("123456", 72, 100)],
    ["the same sign again and again", down("是是否是否是是", 72, 100)],
    [
      "marks of a list",
      ["A", "B", "C", "D"].flatMap((sign, row) => [text(sign, 72, 100 + row * 18), text("word", 100, 100 + row * 18)]),
    ],
    ["three of them", down("ABC", 72, 100)],
    ["signs far from each other", down("ABCDEF", 72, 100, 60)],
  ])("are none where they are %s", (_, texts) => {
    expect(read(texts)).toEqual([]);
  });

  it("are looked for in time that grows with the page", () => {
    const many = [...Array(40_000).keys()].map((at) => text("字", (at % 200) * 3, Math.floor(at / 200) * 14));
    expect(stackedTexts(many).rest.length).toBeGreaterThan(0);
  });
});
