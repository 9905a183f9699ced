import { z } from "zod";
import { field } from "@/runtime/node/field";
import { definePairScorer } from "../../contract/scorer";

export const humanPreference = definePairScorer({
  type: "human/preference",
  version: 1,
  title: { en: "Preferred by people", zh: "人工偏好" },
  summary: {
    en: "People choose between the baseline's answer and a variant's on the review page; sides are drawn at random and names hidden.",
    zh: "评审者在评审页从基线与变体的回答中选择；左右随机，名称隐藏。",
  },
  config: z.object({
    question: z
      .string()
      .trim()
      .max(500)
      .default("")
      .meta(field({ title: { en: "What to look at", zh: "评判要点" }, control: "multiline" })),
  }),
  needs: { output: true, expected: false },
  asksModel: false,
  asksPerson: true,
  judge: false,
  prefer: () => ({ value: null }),
});
