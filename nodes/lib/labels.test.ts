import { describe, expect, it } from "vitest";
import { labelName } from "./labels";

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
