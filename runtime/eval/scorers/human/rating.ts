import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { share } from "../lib/metrics";

export const humanRating = defineScorer({
  type: "human/rating",
  version: 1,
  title: { en: "Rated by people", zh: "人工评分" },
  summary: {
    en: "People give each answer one to five stars on the review page, without seeing which variant it is from.",
    zh: "评审者在评审页给每个回答打一到五星，看不到它来自哪个变体。",
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
  metrics: [share("rating", { en: "Rating", zh: "评分" })],
  score: () => ({ values: { rating: null } }),
});
