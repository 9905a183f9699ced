import { describe, expect, test } from "vitest";
import { isLocale, negotiateLocale } from "./locale";

describe("negotiateLocale", () => {
  test.each([
    ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
    ["zh-TW", "zh"],
    ["de-DE,de;q=0.9,zh;q=0.5,en;q=0.4", "zh"],
    ["en;q=0.2,zh;q=0.1", "en"],
    ["zh;q=0,en;q=0.1", "en"],
    ["fr", "en"],
    ["", "en"],
    [null, "en"],
    ["*;q=banana", "en"],
  ])("%s gives %s", (header, expected) => {
    expect(negotiateLocale(header)).toBe(expected);
  });

  test("reads no more than the first thousand characters", () => {
    expect(negotiateLocale(`${"x,".repeat(600)}zh`)).toBe("en");
  });
});

test("isLocale knows our languages only", () => {
  expect(["en", "zh", "fr", "", undefined, 1].filter(isLocale)).toEqual(["en", "zh"]);
});
