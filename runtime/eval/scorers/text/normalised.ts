import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";

export const textNormalised = defineScorer({
  type: "text/normalised",
  version: 2,
  title: { en: "Same text", zh: "文本相同" },
  summary: {
    en: "Whether the answer is the expected one, whatever its case, its blanks, the width of its characters and the punctuation around it.",
    zh: "忽略大小写、空白、全角半角以及首尾标点后，回答是否与期望答案相同。",
  },
  config: z.object({}),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [yesOrNo("match", { en: "Same text", zh: "文本相同" })],
  score: ({ output, expected }) => ({
    values: { match: normalised(asText(output)) === normalised(asText(expected)) ? 1 : 0 },
  }),
});
