import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";

/** The first number in a text: digits may be grouped by commas or blanks, e.g. "1,234.5" or "1 234,5" is not guessed at: the comma groups. */
const numberIn = (value: unknown): number | null => {
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  const found = /[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?:e[-+]?\d+)?/iu.exec(asText(value).normalize("NFKC"));
  const number = found === null ? Number.NaN : Number(found[0].replaceAll(",", ""));
  return Number.isFinite(number) ? number : null;
};

export const numberTolerance = defineScorer({
  type: "number/tolerance",
  version: 1,
  title: { en: "Number within tolerance", zh: "数值在容差内" },
  summary: {
    en: "Compares the first number of the answer with the expected one.",
    zh: "把回答中的第一个数与期望的数相比较。",
  },
  config: z.object({
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
    const wanted = numberIn(expected);
    if (wanted === null) return { values: { within: null, error: null } };
    const given = numberIn(output);
    if (given === null) return { values: { within: 0, error: null }, reason: "The answer holds no number." };
    const error = Math.abs(given - wanted);
    // A hair's breadth for decimals that binary cannot hold: 0.3 - 0.1 is within 0.2.
    const bound = Math.max(config.absolute, config.relative * Math.abs(wanted)) + 4 * Number.EPSILON * Math.abs(wanted);
    return { values: { within: error <= bound ? 1 : 0, error } };
  },
});
