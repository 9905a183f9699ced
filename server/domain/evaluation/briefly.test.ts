import { expect, it } from "vitest";
import { customExpression } from "@/runtime/eval/scorers/custom/expression";
import { briefly } from "./briefly";

const score = async (expression: string, output: unknown) => {
  const config = customExpression.config.parse({ expression });
  const run = { status: "success", outputs: { output }, durationMs: 12, inputTokens: 3, outputTokens: 4 };
  const row = { inputs: {}, expected: {}, tags: [] };
  return customExpression.score({ config, row, run, output, expected: undefined } as never, { briefly } as never);
};

it("gives what the work gives, and throws what it throws", () => {
  expect(briefly(() => [1, 2])).toEqual([1, 2]);
  expect(() => briefly(() => JSON.parse("{"))).toThrow(SyntaxError);
});

it("stops an expression whose pattern backtracks, or that goes through lists within lists", async () => {
  const stopped = { values: { score: null }, reason: "It took longer than 100 ms and was stopped." };
  expect(await score('output.matches("(a+)+$")', `${"a".repeat(60)}!`)).toEqual(stopped);
  const numbers = Array.from({ length: 2_000 }, (_, index) => index);
  expect(await score("output.all(a, output.all(b, output.all(c, a + b + c > -1.0)))", numbers)).toEqual(stopped);
  expect(await score("size(output) < 400 && run.durationMs < 2000", "short")).toEqual({ values: { score: 1 } });
});
