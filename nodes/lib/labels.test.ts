import { describe, expect, it } from "vitest";
import { labelInReply, labelName } from "./labels";

const names = ["delivery", "product quality", "quality", "billing"];

describe("labelInReply", () => {
  it.each([
    ["delivery", "delivery"],
    ["  Delivery. ", "delivery"],
    ["**billing**", "billing"],
    ["The category is: billing!", "billing"],
    ["Label: product quality", "product quality"],
    ["quality", "quality"],
    ["delivery or billing", null],
    ["rebilling", null],
    ["", null],
    ["I am not sure", null],
  ])("reads %j as %j", (reply, label) => {
    expect(labelInReply(reply, names)).toBe(label);
  });

  it("finds Chinese labels inside a sentence", () => {
    expect(labelInReply("这属于物流问题。", ["物流", "账单"])).toBe("物流");
    expect(labelInReply("物流和账单", ["物流", "账单"])).toBe(null);
  });
});

describe("labelName", () => {
  it.each(["label", "scores", "confidence", "margin", "error", "constructor", "", "  ", "x".repeat(61)])(
    "refuses %j",
    (name) => {
      expect(labelName.safeParse(name).success).toBe(false);
    },
  );
  it("takes words of any language, trimmed", () => {
    expect(labelName.parse(" product quality ")).toBe("product quality");
    expect(labelName.parse("物流 / 快递")).toBe("物流 / 快递");
  });
});
