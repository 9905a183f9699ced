import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";

export const textLength = defineScorer({
  type: "text/length",
  version: 1,
  title: { en: "Length", zh: "长度" },
  summary: {
    en: "How long the answer is, and whether it stays within bounds.",
    zh: "回答的长度，以及是否在范围内。",
  },
  config: z.object({
    least: z
      .int()
      .min(0)
      .max(20_000)
      .default(1)
      .meta(field({ title: { en: "At least, characters", zh: "最少字符数" }, control: "number" })),
    most: z
      .int()
      .min(1)
      .max(20_000)
      .default(2_000)
      .meta(field({ title: { en: "At most, characters", zh: "最多字符数" }, control: "number" })),
  }),
  needs: { output: true, expected: false },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("within", { en: "Within bounds", zh: "在范围内" }),
    {
      key: "characters",
      title: { en: "Characters", zh: "字符数" },
      scale: "number",
      better: "lower",
      unit: "characters",
    },
    { key: "words", title: { en: "Words", zh: "词数" }, scale: "number", better: "lower", unit: "words" },
  ],
  score: async ({ config, output, run }, { words }) => {
    if (run.status === "failure" || output === undefined)
      return { values: { within: 0, characters: null, words: null }, lacking: ["characters", "words"] };
    const text = asText(output);
    const characters = Array.from(text).length;
    return {
      values: {
        within: characters >= config.least && characters <= config.most ? 1 : 0,
        characters,
        words: (await words(text)).length,
      },
    };
  },
});
