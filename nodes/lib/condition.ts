import { z } from "zod";
import { fail, ok, type Result } from "@/runtime/graph/result";
import { field } from "@/runtime/node/field";
import { parsePath, pathLimits, pick } from "./json-path";
import { parseJson } from "./parse-json";
import { compilePattern, patternProblem } from "./pattern";
import { excerpt, readable } from "./readable";

const operators = {
  contains: { en: "contains", zh: "包含" },
  "not-contains": { en: "does not contain", zh: "不包含" },
  equals: { en: "equals", zh: "等于" },
  "not-equals": { en: "does not equal", zh: "不等于" },
  "starts-with": { en: "starts with", zh: "开头是" },
  "ends-with": { en: "ends with", zh: "结尾是" },
  matches: { en: "matches the pattern", zh: "匹配模式" },
  greater: { en: "is greater than", zh: "大于" },
  "greater-or-equal": { en: "is at least", zh: "大于等于" },
  less: { en: "is less than", zh: "小于" },
  "less-or-equal": { en: "is at most", zh: "小于等于" },
  empty: { en: "is empty", zh: "为空" },
  "not-empty": { en: "is not empty", zh: "不为空" },
} as const;
type Operator = keyof typeof operators;
const operatorNames = Object.keys(operators) as [Operator, ...Operator[]];

const numeric: readonly Operator[] = ["greater", "greater-or-equal", "less", "less-or-equal"];
const symbols: Readonly<Partial<Record<Operator, string>>> = {
  contains: "∋",
  "not-contains": "∌",
  equals: "=",
  "not-equals": "≠",
  "starts-with": "^=",
  "ends-with": "$=",
  matches: "~",
  greater: ">",
  "greater-or-equal": "≥",
  less: "<",
  "less-or-equal": "≤",
  empty: "= ∅",
  "not-empty": "≠ ∅",
};

export const conditionField = z
  .object({
    path: z
      .string()
      .trim()
      .max(pathLimits.length)
      .default("")
      .meta(
        field({
          title: { en: "Part", zh: "取值路径" },
          help: {
            en: "Path into a JSON value, such as customer.tier. Empty tests the value itself.",
            zh: "JSON 中的路径，例如 customer.tier。留空则检验值本身。",
          },
        }),
      ),
    operator: z
      .enum(operatorNames)
      .default("contains")
      .meta(field({ title: { en: "Test", zh: "比较方式" }, control: "select", options: operators })),
    value: z
      .string()
      .max(2000)
      .default("")
      .meta(field({ title: { en: "With", zh: "比较值" } })),
  })
  .superRefine(({ path, operator, value }, context) => {
    const parsed = parsePath(path);
    if (!parsed.ok) context.addIssue({ code: "custom", message: parsed.error, path: ["path"] });
    if (numeric.includes(operator) && asNumber(value) === null) {
      context.addIssue({ code: "custom", message: "Give a number to compare with.", path: ["value"] });
    }
    const problem = operator === "matches" ? patternProblem(value) : null;
    if (problem) context.addIssue({ code: "custom", message: problem, path: ["value"] });
  });
export type Condition = z.output<typeof conditionField>;

export const describeCondition = ({ path, operator, value }: Condition): string =>
  [path, symbols[operator] ?? operator, ...(operator.endsWith("empty") ? [] : [excerpt(value, 30)])]
    .filter((part) => part !== "")
    .join(" ");

/** A number, or text that is one; `1,234.5` and `¥12` are none, since what they mean depends on who wrote them. */
const asNumber = (value: unknown): number | null => {
  if (typeof value === "number") return value;
  if (typeof value !== "string" || value.trim() === "") return null;
  const number = Number(value.trim());
  return Number.isFinite(number) ? number : null;
};

const isEmpty = (value: unknown): boolean => {
  if (value === undefined || value === null) return true;
  if (typeof value === "string") return value.trim() === "";
  if (Array.isArray(value)) return value.length === 0;
  return typeof value === "object" && Object.keys(value).length === 0;
};

/** The part that the path names; a text is read as JSON for it. `undefined` where it is not there, which counts as empty. */
const part = (value: unknown, path: string): Result<unknown, string> => {
  const steps = parsePath(path);
  if (!steps.ok) return steps;
  if (steps.value.length === 0) return ok(value);
  const data = typeof value === "string" ? parseJson(value) : ok(value);
  if (!data.ok) return data;
  const picked = pick(data.value, steps.value);
  return ok(picked.ok ? picked.value : undefined);
};

/** Whether a condition holds. The error is an English sentence; a comparison that has no answer is an error, not a no. */
export const holds = async (
  { path, operator, value: wanted }: Condition,
  value: unknown,
  ignoreCase: boolean,
): Promise<Result<boolean, string>> => {
  const found = part(value, path);
  if (!found.ok) return found;
  const fold = (text: string): string => (ignoreCase ? text.toLowerCase() : text);
  const actual = found.value;
  const text = fold(readable(actual));
  const target = fold(wanted);
  const compare = (test: (left: number, right: number) => boolean): Result<boolean, string> => {
    const left = asNumber(actual);
    const right = asNumber(wanted);
    if (left === null || right === null)
      return fail(`${excerpt(left === null ? actual : wanted, 40)} is not a number.`);
    return ok(test(left, right));
  };
  const contains = (): boolean =>
    Array.isArray(actual) ? actual.some((element) => fold(readable(element)) === target) : text.includes(target);
  const equals = (): boolean => {
    const left = asNumber(actual);
    const right = asNumber(wanted);
    return text.trim() === target.trim() || (typeof actual === "number" && left !== null && left === right);
  };
  switch (operator) {
    case "contains":
      return ok(contains());
    case "not-contains":
      return ok(!contains());
    case "equals":
      return ok(equals());
    case "not-equals":
      return ok(!equals());
    case "starts-with":
      return ok(text.trimStart().startsWith(target));
    case "ends-with":
      return ok(text.trimEnd().endsWith(target));
    case "matches": {
      const compiled = await compilePattern(wanted, { ignoreCase });
      return compiled.ok ? ok(compiled.value(readable(actual))) : compiled;
    }
    case "greater":
      return compare((left, right) => left > right);
    case "greater-or-equal":
      return compare((left, right) => left >= right);
    case "less":
      return compare((left, right) => left < right);
    case "less-or-equal":
      return compare((left, right) => left <= right);
    case "empty":
      return ok(isEmpty(actual));
    case "not-empty":
      return ok(!isEmpty(actual));
    default:
      return operator satisfies never;
  }
};
