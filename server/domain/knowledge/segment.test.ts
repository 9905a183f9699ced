import { expect, it } from "vitest";
import { plainWordsOf, wordsOf } from "./segment";

it("keeps every word once for measures, where a search takes the words within words and leaves common ones out", async () => {
  expect((await plainWordsOf("方案不可行，ＯＫ？")).join("")).toBe("方案不可行ok");
  expect((await plainWordsOf("没有中华人民共和国")).join("")).toBe("没有中华人民共和国");
  expect(wordsOf("没有中华人民共和国").join("")).not.toBe("没有中华人民共和国");
});
