import { describe, expect, it } from "vitest";
import { MAX_SENTENCES, sentences } from "./sentences";

describe("sentences", () => {
  it("cuts English and Chinese text at its sentences", () => {
    expect(sentences("The kettle leaks badly. Send it back to us, please.")).toHaveLength(2);
    expect(sentences("我们的退款政策是三十天之内有效。标准运输需要五个工作日左右。")).toHaveLength(2);
  });

  it("joins what is too short to mean anything", () => {
    expect(sentences("Yes. The warranty covers two years.")).toEqual(["Yes. The warranty covers two years."]);
    expect(sentences("  \n ")).toEqual([]);
  });

  it("gives no more pieces than allowed and loses no word", () => {
    const text = Array.from({ length: 300 }, (_, index) => `This is sentence number ${index} of them.`).join(" ");
    const pieces = sentences(text);
    expect(pieces.length).toBeLessThanOrEqual(MAX_SENTENCES);
    expect(pieces.join(" ")).toBe(text);
    expect(sentences("x".repeat(5000)).join("")).toBe("x".repeat(5000));
  });
});
