import { Environment } from "@marcbachmann/cel-js";
import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { share } from "../lib/metrics";

const environment = new Environment({ unlistedVariablesAreDyn: false, limits: { maxAstNodes: 500, maxDepth: 40 } })
  .registerVariable("output", "dyn")
  .registerVariable("expected", "dyn")
  .registerVariable("outputs", "map")
  .registerVariable("inputs", "map")
  .registerVariable("row", "map")
  .registerVariable("run", "map");

/** What a score can be made of; `dyn` is known only once it is there. */
const scores: ReadonlySet<string> = new Set(["bool", "int", "uint", "double", "dyn"]);

type Compiled = ReturnType<typeof environment.parse>;
const compiled = new Map<string, Compiled>();

/** Parsed once a text. CEL has no calls outwards and no side effects; what it costs is bounded where it is computed. */
const parse = (expression: string): Compiled => {
  const known = compiled.get(expression);
  if (known !== undefined) return known;
  const parsed = environment.parse(expression);
  if (compiled.size > 100) compiled.clear();
  compiled.set(expression, parsed);
  return parsed;
};

const firstLine = (error: unknown): string =>
  (String(error instanceof Error ? error.message : error).split("\n", 1)[0] ?? "").slice(0, 300);

const problemOf = (expression: string): string | null => {
  try {
    const { valid, type = "dyn", error } = parse(expression).check();
    if (!valid) return firstLine(error);
    return scores.has(type) ? null : `It gives ${type}, and should give true, false or a number from 0 to 1.`;
  } catch (error) {
    return firstLine(error);
  }
};

const asNumber = (value: unknown): number | null => {
  if (typeof value === "boolean") return value ? 1 : 0;
  const number = typeof value === "bigint" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : null;
};

export const customExpression = defineScorer({
  type: "custom/expression",
  version: 1,
  title: { en: "Expression", zh: "表达式" },
  summary: {
    en: "An expression of your own in CEL over output, expected, outputs, inputs, row.tags and run.durationMs, e.g. output.contains(inputs.name) && size(output) < 400. True counts 1, false 0, a number from 0 to 1 as itself.",
    zh: "用 CEL 写的自定义表达式，可用 output、expected、outputs、inputs、row.tags 与 run.durationMs，例如 output.contains(inputs.name) && size(output) < 400。真为 1，假为 0，0 到 1 之间的数按原值。",
  },
  config: z
    .object({
      expression: z
        .string()
        .trim()
        .min(1)
        .max(2_000)
        .default("output == expected")
        .meta(field({ title: { en: "Expression (CEL)", zh: "表达式（CEL）" }, control: "multiline" })),
    })
    .superRefine(({ expression }, context) => {
      const message = problemOf(expression);
      if (message !== null) context.addIssue({ code: "custom", path: ["expression"], message });
    }),
  needs: { output: false, expected: false },
  asksModel: false,
  judge: false,
  metrics: [share("score", { en: "Expression", zh: "表达式" })],
  score: ({ config, row, run, output, expected }, { briefly }) => {
    if (run.status === "failure") return { values: { score: 0 } };
    try {
      const compute = parse(config.expression);
      const known = {
        output: output ?? null,
        expected: expected ?? null,
        outputs: run.outputs,
        inputs: row.inputs,
        row: { tags: row.tags },
        run: { durationMs: run.durationMs, inputTokens: run.inputTokens, outputTokens: run.outputTokens },
      };
      // Patterns of `matches`, and lists gone through within lists, may take for ever.
      const value = asNumber(briefly(() => compute(known)));
      if (value === null)
        return { values: { score: null }, reason: "The expression gave neither true, false nor a number." };
      if (value < 0 || value > 1) return { values: { score: null }, reason: `${value} lies outside 0 to 1.` };
      return { values: { score: value } };
    } catch (error) {
      return { values: { score: null }, reason: firstLine(error) };
    }
  },
});
