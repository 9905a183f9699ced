import { expect, it } from "vitest";
import { caseFile } from "@/runtime/testing/case-file";
import { readFile } from "@/runtime/testing/read-for-test";
import { joint, knownWords } from "./line-joint";

const join = (line: string, next: string, seen: readonly string[] = []) => {
  const { cut, between } = joint(line, next, knownWords(seen.map((text) => ({ text: `x ${text} x` }))));
  return line.slice(0, line.length - cut) + between + next;
};

it("puts words together that a line's end parts, and keeps hyphens that belong to the word", async () => {
  const { text } = await readFile("hyphen.pdf", caseFile("hyphen.pdf"));
  expect(text.trim()).toBe(
    "The manufacturer guarantees the waterproof performance of the housing for two years. A well-known exception is the battery, e-mail us at help@example.org or see https://example.org/very-long/path for details. Model X-200 is excluded.",
  );
});

it.each([
  ["the perfor-", "mance of it", "the performance of it"],
  ["an inter-", "national firm", "an international firm"],
  ["we re-", "quire it", "we require it"],
  ["die Donau-", "dampfschifffahrt", "die Donaudampfschifffahrt"],
  ["a state-of-the-", "art lamp", "a state-of-the-art lamp"],
  ["a water-", "based paint", "a water-based paint"],
  ["a self-", "cleaning oven", "a self-cleaning oven"],
  ["twenty-", "five lamps", "twenty-five lamps"],
  ["die Ein-", "und Ausgabe", "die Ein- und Ausgabe"],
  ["the Franco-", "German border", "the Franco-German border"],
  ["model X-", "200 is", "model X-200 is"],
  ["see https://example.org/a_", "b/c?d=1 for", "see https://example.org/a_b/c?d=1 for"],
  ["see www.exam-", "ple.org there", "see www.exam-ple.org there"],
  ["see https://example.org/page", "for more", "see https://example.org/page for more"],
  ["write to first-", "last@example.org", "write to first-last@example.org"],
  ["每月五日前", "支付费用", "每月五日前支付费用"],
])("%s / %s", (line, next, whole) => {
  expect(join(line, next)).toBe(whole);
});

it("goes by how the document itself writes a word", () => {
  expect(join("the black-", "board")).toBe("the blackboard");
  expect(join("the black-", "board", ["a black-board there"])).toBe("the black-board");
  expect(join("a semi-", "conductor", ["the semiconductor here"])).toBe("a semiconductor");
});
