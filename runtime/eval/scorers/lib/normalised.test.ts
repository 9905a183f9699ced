import fc from "fast-check";
import { expect, it } from "vitest";
import { normalised } from "./normalised";
import { parsedJson } from "./parsed-json";

it.each([
  ["  “Billing.” ", "billing"],
  ["**退款**。", "退款"],
  ["ＢＩＬＬＩＮＧ！", "billing"],
  ["(yes)", "yes"],
  ["`A  b`", "a b"],
  ["It’s due", "it's due"],
  ["the “new” one", 'the "new" one'],
  ["Straße", "STRASSE"],
  ["ΟΔΟΣ", "οδος"],
  ["ﬁve", "FIVE"],
  ["cafe\u0301", "café"],
  ["yes\u200b", "yes"],
  ["\ufeffno", "no"],
  ["co\u00adoperate", "cooperate"],
  ["−5", "-5"],
  ["10–20", "10-20"],
  ["x²", "x^2"],
])("%s and %s are the same text", (left, right) => expect(normalised(left)).toBe(normalised(right)));

it.each([
  ["-1", "1"],
  ["C++", "C#"],
  ["C", "C#"],
  ["+", "-"],
  ["?", "!"],
  ["$5", "5%"],
  ["👍", "👎"],
  ["10²", "102"],
  ["A", "The A"],
  ["its", "it's"],
])("%s and %s are different labels", (left, right) => expect(normalised(left)).not.toBe(normalised(right)));

it("is nothing only where there is nothing", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "grapheme" }),
      (text) =>
        (normalised(text) === "") ===
        (text
          .replace(/[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu, "")
          .normalize("NFKC")
          .trim() ===
          ""),
    ),
  );
});

// With patterns that backtrack, each of these takes minutes.
it("takes no longer for long runs of signs or blanks", { timeout: 2_000 }, () => {
  normalised(`${".".repeat(200_000)}x${"!".repeat(200_000)}x`);
  expect(parsedJson(`\`\`\`json${"\n".repeat(100_000)}`).ok).toBe(false);
  expect(parsedJson("```json\n{}\n```")).toMatchObject({ ok: true, value: {} });
});
