import { describe, expect, it } from "vitest";
import { findScorer } from "./catalog";
import { isStrictScorer, saysMoreThan, scorerOfSentences } from "./strict-scorers";

describe("an answer that says more than the label", () => {
  it.each([
    ["The department is billing.", "billing"],
    ["**Billing** – the customer was charged twice", "billing"],
    ["Label: Not urgent", "not urgent"],
    ["这封信属于账单部门。", "账单"],
    ["应归为ＢＩＬＬＩＮＧ类", "billing"],
    ["C# is the language", "C#"],
    [{ label: "billing", reason: "twice" }, "billing"],
    ["It has 7 stars", 7],
  ])("%j for %j", (answer, label) => {
    expect(saysMoreThan(answer, label)).toBe(true);
  });

  it.each([
    ["billing", "billing"],
    [" Billing. ", "billing"],
    ["**billing**", "billing"],
    ["rebilling of the order", "billing"],
    ["billings", "billing"],
    ["delivery", "billing"],
    ["", "billing"],
    ["The department is billing.", ""],
    ["The department is billing.", null],
    // What is that long is an answer of its own.
    [`Well: ${"long ".repeat(20)}`, "long ".repeat(20)],
  ])("is not %j for %j", (answer, label) => {
    expect(saysMoreThan(answer, label)).toBe(false);
  });

  it("is found in time that does not grow with how often the label almost stands there", () => {
    const began = performance.now();
    expect(saysMoreThan("aa".repeat(10_000), "a".repeat(50))).toBe(false);
    expect(performance.now() - began).toBeLessThan(500);
  });
});

it("what is offered in place of an exact scorer is a scorer, and not exact", () => {
  expect(findScorer(scorerOfSentences)?.needs.output).toBe(true);
  expect(isStrictScorer(scorerOfSentences)).toBe(false);
  for (const type of ["label/accuracy", "text/exact", "text/normalised"]) {
    expect(findScorer(type)).toBeDefined();
    expect(isStrictScorer(type)).toBe(true);
  }
});
