import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { cosine } from "../lib/cosine";
import { share } from "../lib/metrics";
import { modelField } from "../lib/model-field";

export const embeddingSimilarity = defineScorer({
  type: "embedding/similarity",
  version: 1,
  title: { en: "Same meaning", zh: "含义相近" },
  summary: {
    en: "How near the answer is to the expected text in meaning: cosine of their embeddings, 0 to 1.",
    zh: "回答与期望文本在含义上的接近程度：向量余弦相似度，0 到 1。",
  },
  config: z.object({ model: modelField("embedding-model") }),
  needs: { output: true, expected: true },
  asksModel: true,
  judge: false,
  metrics: [share("similarity", { en: "Likeness of meaning", zh: "含义相似度" })],
  score: async ({ config, output, expected }, { embed }) => {
    const [answer, reference] = [asText(output).trim(), asText(expected).trim()];
    if (reference === "") return { values: { similarity: null } };
    if (answer === "") return { values: { similarity: 0 } };
    const { vectors } = await embed({ model: config.model, input: [answer, reference] });
    return { values: { similarity: Math.min(1, Math.max(0, cosine(vectors[0] ?? [], vectors[1] ?? []))) } };
  },
});
