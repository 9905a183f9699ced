import { describe, expect, it } from "vitest";
import { differenceOf } from "./differences";
import { normalised } from "./normalise";

/** Pairs that users of semantic caches reported as wrong hits, with cosines of 0.83 to 0.99 in common models, and their kin. */
const mistaken: readonly (readonly [string, string])[] = [
  ["Can I return the device?", "Can I not return the device?"],
  ["Can I cancel my order?", "Can't I cancel my order?"],
  ["How to turn on dark mode?", "How to turn off dark mode?"],
  ["How do I enable two-factor sign-in?", "How do I disable two-factor sign-in?"],
  ["Is port 6379 open by default?", "Is port 6379 closed by default?"],
  ["Is port 6379 open by default?", "Is port 6380 open by default?"],
  ["What is 1+1?", "What is 21+1?"],
  ["what is 2+2", "what is 2+3"],
  ["Can I return it within 30 days?", "Can I return it within 60 days?"],
  ["How do I convert USD to EUR?", "How do I convert EUR to USD?"],
  ["Did Ada pay Grace?", "Did Grace pay Ada?"],
  ["What is the capital of France?", "What is the capital of Germany?"],
  ["Can I log in with my phone?", "Can I log out with my phone?"],
  ["Is the battery included?", "Is the battery excluded?"],
  ["Does it ship with a charger?", "Does it ship without a charger?"],
  ["Which plan has the most storage?", "Which plan has the least storage?"],
  ["Do I need a visa before arrival?", "Do I need a visa after arrival?"],
  ["Which version fixes it, 1.1?", "Which version fixes it, 1.10?"],
  ["可以退货吗？", "不可以退货吗？"],
  ["如何开通自动续费？", "如何关闭自动续费？"],
  ["30 天内可以退货吗？", "60 天内可以退货吗？"],
  ["从北京到上海的车票多少钱？", "从上海到北京的车票多少钱？"],
  ["怎么绑定手机？", "怎么解绑手机？"],
  ["转入最低金额是多少？", "转入最高金额是多少？"],
];

/** Pairs that one answer does for. */
const alike: readonly (readonly [string, string])[] = [
  ["How long is the warranty?", "For what time does the warranty run?"],
  ["Where do I find my invoice?", "How can I get my invoice?"],
  ["Is not only the device covered but also the battery?", "Are the device and the battery covered?"],
  ["How much does shipping cost?", "What does the shipping cost?"],
  ["Can I return it within two weeks?", "Can I return it within 2 weeks?"],
  ["保修期多长？", "保修多久？"],
  ["怎么开发票？", "如何开具发票？"],
  ["能不能退货？", "可以退货吗？"],
];

describe("two questions that are near in meaning", () => {
  it.each(mistaken)("are not taken for the same: %s / %s", (left, right) => {
    expect(differenceOf(left, right)).not.toBeNull();
    expect(differenceOf(right, left)).not.toBeNull();
  });

  it.each(alike)("may be the same: %s / %s", (left, right) => {
    expect(differenceOf(left, right)).toBeNull();
    expect(differenceOf(right, left)).toBeNull();
  });

  it("differ where only one holds a word that must agree, also where only their order differs", () => {
    expect(differenceOf("北京的天气如何？", "上海的天气如何？")).toBeNull();
    expect(differenceOf("北京的天气如何？", "上海的天气如何？", ["北京", "上海"])).toBe("terms");
    expect(differenceOf("Does Basic have it?", "Does it come with basic?", ["basic"])).toBeNull();
  });

  it("differ in a name that only one of them says", () => {
    expect(differenceOf("Does the router work with Zigbee?", "Does the router work with Matter?")).toBe("names");
  });
});

describe("the same question", () => {
  it.each([
    ["How long is the warranty?", "  how  long is the\nWARRANTY "],
    ["Ｗhat？", "what"],
    ["“保修期多长？”", "保修期多长"],
    ["Hello…", "hello!"],
  ])("is one however it is written: %s", (left, right) => expect(normalised(left)).toBe(normalised(right)));

  it.each([
    ["-5 degrees", "5 degrees"],
    ["What is C?", "What is C++?"],
    ["1.5 l", "15 l"],
  ])("is another where a sign inside says something: %s / %s", (left, right) =>
    expect(normalised(left)).not.toBe(normalised(right)),
  );

  it("of marks only is none", () => expect(normalised("?!…")).toBe(""));
});
