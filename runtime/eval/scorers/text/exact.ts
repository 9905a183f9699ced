import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";

export const textExact = defineScorer({
  type: "text/exact",
  version: 1,
  title: { en: "Exact match", zh: "完全一致" },
  summary: {
    en: "Whether the answer is the expected one, character by character.",
    zh: "回答是否与期望答案逐字相同。",
  },
  config: z.object({}),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [yesOrNo("match", { en: "Exact match", zh: "完全一致" })],
  score: ({ output, expected }) => ({
    values: { match: asText(output, Infinity) === asText(expected, Infinity) ? 1 : 0 },
  }),
});
