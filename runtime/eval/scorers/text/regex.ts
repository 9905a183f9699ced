import { RE2JS } from "re2js";
import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";

const compiled = (pattern: string, ignoreCase: boolean): RE2JS =>
  RE2JS.compile(pattern, ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);

/** RE2, whose time grows with the length of the text only: neither pattern nor answer can hang an experiment. */
export const textRegex = defineScorer({
  type: "text/regex",
  version: 1,
  title: { en: "Matches a pattern", zh: "匹配模式" },
  summary: {
    en: "Whether a regular expression (RE2: no lookaround, no backreferences) is found in the answer.",
    zh: "回答中是否存在与正则表达式（RE2：不支持环视与反向引用）匹配的内容。",
  },
  config: z
    .object({
      pattern: z
        .string()
        .min(1)
        .max(500)
        .default("\\S")
        .meta(field({ title: { en: "Pattern", zh: "模式" }, control: "text" })),
      ignoreCase: z
        .boolean()
        .default(false)
        .meta(field({ title: { en: "Ignore upper and lower case", zh: "忽略大小写" }, control: "switch" })),
    })
    .superRefine(({ pattern, ignoreCase }, context) => {
      try {
        compiled(pattern, ignoreCase);
      } catch (error) {
        context.addIssue({
          code: "custom",
          path: ["pattern"],
          message: String(error instanceof Error ? error.message : error),
        });
      }
    }),
  needs: { output: true, expected: false },
  asksModel: false,
  judge: false,
  metrics: [yesOrNo("match", { en: "Matches", zh: "匹配" })],
  score: ({ config, output }) => ({
    values: { match: output !== undefined && compiled(config.pattern, config.ignoreCase).test(asText(output)) ? 1 : 0 },
  }),
});
