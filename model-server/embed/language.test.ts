import { describe, expect, it } from "vitest";
import { chineseShare } from "./language";

describe("chineseShare", () => {
  it("is 0 for English, numbers and nothing, and 1 for Chinese", () => {
    for (const text of ["How do I reset my password?", "12345", "", "€ 5.00 !", "Où est la gare ?"])
      expect(chineseShare(text), text).toBe(0);
    for (const text of ["如何重置密码？", "退款需要3天。", "我的iPhone无法充电怎么办", "API Key 在哪里申请？"])
      expect(chineseShare(text), text).toBe(1);
  });

  it("takes a single quoted word in a longer text for a quotation", () => {
    expect(
      chineseShare("The customer wrote only one word in the field for further remarks: 好, and nothing else at all."),
    ).toBe(0);
  });

  it("lies between for a text in both", () => {
    const share = chineseShare("The invoice says 退款政策 and the customer asks what that means");
    expect(share).toBeGreaterThan(0.1);
    expect(share).toBeLessThan(0.5);
  });
});
