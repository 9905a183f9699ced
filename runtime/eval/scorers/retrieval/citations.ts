import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { cosine } from "../lib/cosine";
import { share, yesOrNo } from "../lib/metrics";
import { modelField } from "../lib/model-field";
import { sentencesOf } from "../lib/sentences";

const mostSources = 50;

/** Texts of what a search found: source objects with a text, or texts. */
const sourceTexts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value])
    .slice(0, mostSources)
    .map((source) =>
      typeof source === "object" && source !== null && "text" in source ? asText(source.text) : asText(source),
    )
    .filter((text) => text.trim() !== "");

export const retrievalCitations = defineScorer({
  type: "retrieval/citations",
  version: 1,
  title: { en: "Supported by its sources", zh: "有来源支持" },
  summary: {
    en: "Share of the answer's sentences that are near enough in meaning to a sentence of the sources that the pipeline gives out beside it.",
    zh: "回答中有多少句子，其含义与流水线同时给出的来源中的某句足够接近。",
  },
  config: z.object({
    sources: z
      .string()
      .min(1)
      .max(128)
      .default("sources")
      .meta(field({ title: { en: "Output that holds the sources", zh: "存放来源的输出" }, control: "text" })),
    threshold: z
      .number()
      .min(0)
      .max(1)
      .default(0.75)
      .meta(field({ title: { en: "Near enough from", zh: "足够接近的下限" }, control: "slider", step: 0.01 })),
    model: modelField("embedding-model"),
  }),
  needs: { output: true, expected: false },
  asksModel: true,
  judge: false,
  metrics: [
    share("supported", { en: "Supported sentences", zh: "有支持的句子" }),
    yesOrNo("sourced", { en: "Gives sources", zh: "给出来源" }),
  ],
  score: async ({ config, output, run }, { embed }) => {
    const sources = sourceTexts(run.outputs[config.sources]);
    const answer = sentencesOf(asText(output));
    if (answer.length === 0)
      return { values: { supported: run.status === "failure" ? 0 : null, sourced: sources.length > 0 ? 1 : 0 } };
    const passages = [...new Set(sources.flatMap((source) => [source.slice(0, 2_000), ...sentencesOf(source)]))].slice(
      0,
      200,
    );
    if (passages.length === 0) return { values: { supported: 0, sourced: 0 }, reason: "The run gave no sources." };
    const { vectors } = await embed({ model: config.model, input: [...answer, ...passages] });
    const near = answer.map((_, index) =>
      Math.max(
        ...passages.map((_passage, place) => cosine(vectors[index] ?? [], vectors[answer.length + place] ?? [])),
      ),
    );
    const unsupported = answer.filter((_, index) => (near[index] as number) < config.threshold);
    return {
      values: { supported: 1 - unsupported.length / answer.length, sourced: 1 },
      ...(unsupported.length > 0 && { reason: `Not supported: ${unsupported[0]?.slice(0, 200)}` }),
    };
  },
});
