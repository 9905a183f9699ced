import fc from "fast-check";
import { expect, it } from "vitest";
import { longestCompared, type TextPart, textDifference } from "./text-difference";

const marked = (parts: readonly TextPart[] | null) =>
  parts?.map(({ kind, text }) => (kind === "same" ? text : kind === "added" ? `+${text}+` : `-${text}-`)).join("");

it("marks words, not letters", () => {
  expect(marked(textDifference("The parcel came late.", "The parcel arrived late."))).toBe(
    "The parcel -came-+arrived+ late.",
  );
});

it("cuts Chinese into words", () => {
  expect(marked(textDifference("快递太慢，客户很生气。", "快递太慢，客户很满意。"))).toBe(
    "快递太慢，客户很-生气-+满意+。",
  );
});

it("says nothing of two that are the same, or empty", () => {
  expect(textDifference("same", "same")).toEqual([{ kind: "same", text: "same" }]);
  expect(textDifference("", "")).toEqual([]);
  expect(marked(textDifference("", "new"))).toBe("+new+");
});

it("gives up on texts that are too long", () => {
  expect(textDifference("a", "b".repeat(longestCompared + 1))).toBeNull();
});

it("marks nothing where two longer answers have next to nothing in common, and short ones always", () => {
  const letters = (from: number) => Array.from({ length: 40 }, (_, index) => `word${from + index}`).join(" ");
  expect(textDifference(letters(0), letters(100))).toBeNull();
  expect(textDifference(letters(0), letters(10))).not.toBeNull();
  expect(marked(textDifference("delivery", "billing"))).toBe("-delivery-+billing+");
});

it("leaves out no word of either", () => {
  const words = fc.array(fc.constantFrom("a", "b", "the", ".", "，", "快递", "慢"), { maxLength: 20 });
  const letters = (text: string | undefined) => text?.replaceAll(" ", "");
  const side = (parts: readonly TextPart[] | null, left: TextPart["kind"]) =>
    letters(
      parts
        ?.filter(({ kind }) => kind !== left)
        .map(({ text }) => text)
        .join(""),
    );
  fc.assert(
    fc.property(words, words, (a, b) => {
      const [reference, text] = [a.join(" "), b.join(" ")];
      const parts = textDifference(reference, text);
      expect(side(parts, "added")).toBe(letters(reference));
      expect(side(parts, "removed")).toBe(letters(text));
    }),
  );
});
