import { describe, expect, it } from "vitest";
import { comparers, markOf, sentencesAmong, usualScorer } from "./answer-mark";

const contains = { type: "text/contains", config: {} };

describe("right or wrong", () => {
  it("is said by each scorer that compares with what is expected", () => {
    expect(comparers.map(({ type }) => type)).toEqual([
      "label/accuracy",
      "text/exact",
      "text/normalised",
      "text/contains",
      "number/tolerance",
      "json/fields",
    ]);
    const said = (type: string, output: unknown, expected: string) => markOf({ type, config: {} }, output, expected);
    expect(said("label/accuracy", " Billing. ", "billing")).toBe("right");
    expect(said("text/exact", "Billing", "billing")).toBe("wrong");
    expect(said("text/contains", "It is billing, I think", "billing")).toBe("right");
    expect(said("number/tolerance", "about 42", "42")).toBe("right");
    expect(said("json/fields", { a: 1, b: 2 }, '{"a": 1}')).toBe("right");
    expect(said("json/fields", "no JSON", '{"a": 1}')).toBe("wrong");
  });

  it("is not said where nothing is expected, or by a scorer that cannot", () => {
    expect(markOf(usualScorer, "billing", "")).toBeNull();
    expect(markOf(usualScorer, "billing", "  ")).toBeNull();
    for (const type of ["judge/rubric", "human/rating", "run/cost", "text/bleu", "text/gone"])
      expect(markOf({ type, config: {} }, "a", "a")).toBeNull();
    expect(markOf({ type: "json/fields", config: { tolerance: "much" } }, "1", "1")).toBeNull();
  });

  it("is wrong where there is no such answer", () => {
    expect(markOf(usualScorer, undefined, "billing")).toBe("wrong");
  });
});

describe("sentences", () => {
  const sentence = { output: "This is billing.", expected: "billing" };
  const right = { output: "billing", expected: "billing" };
  const wrong = { output: "delivery", expected: "billing" };

  it("are told where they are half of what an exact scorer calls wrong", () => {
    expect(sentencesAmong(usualScorer, [right, sentence, wrong])).toEqual({ sentences: 1, looked: 3, first: sentence });
    expect(sentencesAmong(usualScorer, [right, sentence, wrong, wrong])).toBeNull();
    expect(sentencesAmong(usualScorer, [right, wrong])).toBeNull();
    expect(sentencesAmong(usualScorer, [])).toBeNull();
  });

  it("are right for a scorer that looks within them", () => {
    expect(sentencesAmong(contains, [sentence, sentence])).toBeNull();
  });
});
