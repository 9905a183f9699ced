import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { field } from "@/runtime/node/field";
import { compilePattern, patternLength, patternProblem } from "./pattern";
import { excerpt, readable } from "./readable";

export const switchLimits = { cases: 20, name: 60, value: 2000, values: 500 } as const;

/** Ports that the step has beside its cases; `error` is the port of a step's error policy. */
const taken: readonly string[] = ["default", "case", "error"];

export const caseName = z
  .string()
  .trim()
  .min(1, "A case needs a name.")
  .max(switchLimits.name)
  .refine((name) => !taken.includes(name), `A case cannot be called ${taken.join(", ")}.`)
  .refine((name) => !(name in Object.prototype), "Choose another name for the case.");

const tests = {
  equals: { en: "equals", zh: "等于" },
  contains: { en: "contains", zh: "包含" },
  "one-of": { en: "is one of", zh: "是其中之一" },
  matches: { en: "matches the pattern", zh: "匹配模式" },
  range: { en: "is a number in", zh: "是范围内的数" },
} as const;
type Test = keyof typeof tests;

export const switchCase = z
  .object({
    name: caseName.meta(field({ title: { en: "Port", zh: "端口" } })),
    test: z
      .enum(Object.keys(tests) as [Test, ...Test[]])
      .default("equals")
      .meta(
        field({ title: { en: "Taken when the value", zh: "值满足时走此分支" }, control: "select", options: tests }),
      ),
    value: z
      .string()
      .max(switchLimits.value)
      .default("")
      .meta(field({ title: { en: "With", zh: "比较值" }, when: { test: ["equals", "contains", "matches"] } })),
    values: z
      .array(z.string().max(switchLimits.value))
      .max(switchLimits.values)
      .default([])
      .meta(field({ title: { en: "Values", zh: "取值" }, control: "string-list", when: { test: ["one-of"] } })),
    minimum: z
      .number()
      .optional()
      .meta(field({ title: { en: "At least", zh: "不小于" }, control: "number", when: { test: ["range"] } })),
    maximum: z
      .number()
      .optional()
      .meta(
        field({
          title: { en: "Below", zh: "小于" },
          help: { en: "The number itself belongs to the next case.", zh: "等于此数的值属于下一个分支。" },
          control: "number",
          when: { test: ["range"] },
        }),
      ),
  })
  .superRefine(({ test, value, values, minimum, maximum }, context) => {
    const problem = (path: string, message: string) => context.addIssue({ code: "custom", message, path: [path] });
    if (test === "contains" && value === "") problem("value", "Give the text to look for.");
    if (test === "one-of" && !values.some((each) => each.trim() !== "")) problem("values", "Give at least one value.");
    const pattern = test === "matches" ? patternProblem(value.slice(0, patternLength + 1)) : null;
    if (pattern !== null) problem("value", pattern);
    if (test !== "range") return;
    if (minimum === undefined && maximum === undefined)
      problem("minimum", "Give the least number, the greatest, or both.");
    if (minimum !== undefined && maximum !== undefined && minimum >= maximum)
      problem("maximum", "This must be greater than the least number.");
  });
export type SwitchCase = z.output<typeof switchCase>;

/** For `superRefine` on a config: two cases of one name would share a port. */
export const checkCaseNames = (
  cases: readonly { readonly name: string }[],
  path: string,
  context: z.RefinementCtx,
): void => {
  for (const [index, { name }] of cases.entries()) {
    if (cases.findIndex((other) => other.name === name) < index) {
      context.addIssue({ code: "custom", message: `Two cases are called "${name}".`, path: [path, index, "name"] });
    }
  }
};

export const describeCase = ({ test, value, values, minimum, maximum }: SwitchCase): string => {
  switch (test) {
    case "equals":
      return `= ${excerpt(value, 30)}`;
    case "contains":
      return `∋ ${excerpt(value, 30)}`;
    case "matches":
      return `~ ${excerpt(value, 30)}`;
    case "one-of":
      return `∈ ${excerpt(values.join(", "), 30)}`;
    case "range":
      return `[${minimum ?? "-∞"}, ${maximum ?? "∞"})`;
    default:
      return test satisfies never;
  }
};

/** Whether a value belongs to a case. A value that is no number is in no range. The error is an English sentence. */
export const belongs = async (
  { test, value, values, minimum, maximum }: SwitchCase,
  actual: unknown,
  ignoreCase: boolean,
): Promise<Result<boolean, string>> => {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text).trim();
  const same = (wanted: string): boolean =>
    fold(readable(actual)) === fold(wanted) ||
    (typeof actual === "number" && wanted.trim() !== "" && Number(wanted) === actual);
  switch (test) {
    case "equals":
      return ok(same(value));
    case "contains":
      return ok(
        Array.isArray(actual)
          ? actual.some((element) => fold(readable(element)) === fold(value))
          : fold(readable(actual)).includes(fold(value)),
      );
    case "one-of":
      return ok(values.some((each) => each.trim() !== "" && same(each)));
    case "matches": {
      const compiled = await compilePattern(value, { ignoreCase });
      return compiled.ok ? ok(compiled.value(readable(actual))) : fail(compiled.error);
    }
    case "range": {
      const number = typeof actual === "string" && actual.trim() !== "" ? Number(actual) : actual;
      if (typeof number !== "number" || Number.isNaN(number)) return ok(false);
      return ok((minimum === undefined || number >= minimum) && (maximum === undefined || number < maximum));
    }
    default:
      return test satisfies never;
  }
};

/** Whether a text belongs to a case, as far as can be told without testing a pattern: null where it cannot. */
export const surelyBelongs = (each: SwitchCase, actual: string, ignoreCase: boolean): boolean | null => {
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text).trim();
  switch (each.test) {
    case "equals":
      return fold(actual) === fold(each.value);
    case "contains":
      return fold(actual).includes(fold(each.value));
    case "one-of":
      return each.values.some((value) => value.trim() !== "" && fold(actual) === fold(value));
    case "matches":
      return null;
    case "range":
      return actual.trim() === "" || Number.isNaN(Number(actual)) ? false : null;
    default:
      return each.test satisfies never;
  }
};
