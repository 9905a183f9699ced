import { z } from "zod";
import { field } from "@/runtime/node/field";
import { findLastNumber, findNumber, type WrittenNumber } from "../../../text/read-number";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";

const numberOf = (value: unknown, take: "first" | "last" = "first"): WrittenNumber | null =>
  typeof value === "number"
    ? Number.isFinite(value)
      ? { value, written: String(value), isPercent: false }
      : null
    : take === "last"
      ? findLastNumber(asText(value))
      : findNumber(asText(value));

/** What the signs of a number may mean; of a percentage both its hundredths and its share, where the other side is none. */
const meanings = (number: WrittenNumber, other: WrittenNumber): readonly number[] => {
  const values = number.otherwise === undefined ? [number.value] : [number.value, number.otherwise];
  return number.isPercent && !other.isPercent ? values.flatMap((value) => [value, value / 100]) : values;
};

interface Difference {
  readonly error: number;
  readonly given: number;
  readonly wanted: number;
}

/** The least there may be: where signs may mean two numbers, the meaning that fits is taken, and told of. */
const difference = (given: WrittenNumber, wanted: WrittenNumber): Difference => {
  if (given.exact !== undefined && wanted.exact !== undefined) {
    return { error: Math.abs(Number(given.exact - wanted.exact)), given: given.value, wanted: wanted.value };
  }
  let least: Difference = { error: Math.abs(given.value - wanted.value), given: given.value, wanted: wanted.value };
  for (const left of meanings(given, wanted)) {
    for (const right of meanings(wanted, given)) {
      const error = Math.abs(left - right);
      if (error < least.error) least = { error, given: left, wanted: right };
    }
  }
  return least;
};

const readAs = ({ written }: WrittenNumber, value: number): string[] =>
  written === String(value) || written.length > 60 ? [] : [`"${written}" was read as ${value}.`];

export const numberTolerance = defineScorer({
  type: "number/tolerance",
  version: 3,
  title: { en: "Number within tolerance", zh: "数值在容差内" },
  summary: {
    en: "Compares the first or the last number of the answer with the expected one.",
    zh: "把回答中的第一个或最后一个数与期望的数相比较。",
  },
  config: z.object({
    take: z
      .enum(["first", "last"])
      .default("first")
      .meta(
        field({
          title: { en: "Which number of the answer", zh: "取回答中的哪个数" },
          help: {
            en: "The last one where the answer works towards it.",
            zh: "如果回答先推导、最后给出结果，请取最后一个。",
          },
          control: "select",
          options: { first: { en: "The first", zh: "第一个" }, last: { en: "The last", zh: "最后一个" } },
        }),
      ),
    absolute: z
      .number()
      .min(0)
      .max(1e12)
      .default(0)
      .meta(field({ title: { en: "Off by at most", zh: "绝对误差上限" }, control: "number" })),
    relative: z
      .number()
      .min(0)
      .max(10)
      .default(0)
      .meta(
        field({
          title: { en: "Or by this share of it", zh: "或相对误差上限" },
          help: { en: "0.01 is one percent.", zh: "0.01 即百分之一。" },
          control: "number",
        }),
      ),
  }),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("within", { en: "Within tolerance", zh: "在容差内" }),
    { key: "error", title: { en: "Absolute error", zh: "绝对误差" }, scale: "number", better: "lower" },
  ],
  score: ({ config, output, expected }) => {
    const wanted = numberOf(expected);
    if (wanted === null) return { values: { within: null, error: null } };
    const given = numberOf(output, config.take);
    if (given === null)
      return { values: { within: 0, error: null }, lacking: ["error"], reason: "The answer holds no number." };
    const found = difference(given, wanted);
    // A hair's breadth for decimals that binary cannot hold: 0.3 - 0.1 is within 0.2. None for digits that a double has not.
    const isExact = given.exact !== undefined && wanted.exact !== undefined;
    const hair = isExact ? 0 : 4 * Number.EPSILON * Math.abs(found.wanted);
    const bound = Math.max(config.absolute, config.relative * Math.abs(found.wanted)) + hair;
    const said = [...readAs(given, found.given), ...readAs(wanted, found.wanted)].join(" ");
    const values = { within: found.error <= bound ? 1 : 0, error: found.error };
    return said === "" ? { values } : { values, reason: said };
  },
});
