import { describe, expect, it } from "vitest";
import type { ScoredRun } from "../../contract/scorer";
import { customExpression } from "./expression";

const run: ScoredRun = {
  status: "success",
  outputs: { answer: "Dear Ann, your parcel is late." },
  error: null,
  durationMs: 120,
  inputTokens: 1,
  outputTokens: 1,
  costMicroUsd: null,
};
const score = (expression: string) =>
  customExpression.score(
    {
      config: { expression },
      row: { inputs: { name: "Ann" }, expected: {}, tags: ["late"] },
      run,
      output: "Dear Ann, your parcel is late.",
      expected: "x",
    },
    { briefly: (work: () => unknown) => work() } as never,
  );

describe("an expression", () => {
  it("looks at answer, inputs, tags and run", async () => {
    for (const [expression, value] of [
      ["output.contains(inputs.name)", 1],
      ["size(output) > 100", 0],
      ['"late" in row.tags && run.durationMs < 500', 1],
      ["0.25 + 0.5", 0.75],
    ] as const)
      expect((await score(expression)).values).toEqual({ score: value });
  });

  it("reaches nothing but what it is given, and has no score where it fails", async () => {
    for (const expression of [
      "output.constructor.constructor('return process')()",
      "outputs.__proto__.polluted",
      "inputs['constructor']",
      "run.durationMs / 0",
      "output",
      "5",
    ]) {
      const found = await score(expression);
      expect([expression, found.values]).toEqual([expression, { score: null }]);
      expect(found.reason).toMatch(/\S/);
    }
  });

  it("is refused while it is typed where it cannot be read, is too long or names what is not there", () => {
    for (const expression of [
      "output ==",
      "answer == 1",
      '"good"',
      "(",
      "",
      "a".repeat(2_001),
      `${"(".repeat(60)}1${")".repeat(60)}`,
    ])
      expect(customExpression.config.safeParse({ expression }).success).toBe(false);
  });
});
