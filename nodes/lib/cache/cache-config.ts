import { z } from "zod";
import { cacheScopes } from "@/runtime/capability/cache/contract";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import { field } from "@/runtime/node/field";
import { embeddingModel } from "../model-fields";

const question = z.string().trim().min(1).max(cacheLimits.question);

/** Two questions, and whether one answer does for both. */
export const questionPair = z.strictObject({
  left: question.meta(field({ title: { en: "One question", zh: "问题一" } })),
  right: question.meta(field({ title: { en: "Another", zh: "问题二" } })),
  same: z
    .boolean()
    .default(true)
    .meta(field({ title: { en: "One answer does for both", zh: "同一答案适用于两者" }, control: "switch" })),
});
export type QuestionPair = z.output<typeof questionPair>;

export const cacheConfig = z.object({
  question: z
    .string()
    .trim()
    .max(120)
    .default("")
    .meta(
      field({
        title: { en: "Input that holds the question", zh: "存放问题的输入" },
        help: {
          en: "Name of an input of the steps inside. Empty: the first text. All other inputs have to be equal for an answer to be given again.",
          zh: "内部步骤的某个输入名。留空表示第一个文本输入。其余输入必须完全相同，才会再次给出答案。",
        },
        group: "main",
      }),
    ),
  match: z
    .enum(["same", "meaning"])
    .default("same")
    .meta(
      field({
        title: { en: "What counts as the same question", zh: "怎样算同一个问题" },
        help: {
          en: "By meaning, questions also count that are worded differently: near in meaning above the threshold, with the same numbers, names and negations.",
          zh: "按含义时，措辞不同的问题也算：含义相近程度达到阈值，且数字、名称与否定一致。",
        },
        control: "select",
        group: "main",
        options: {
          same: { en: "the same words", zh: "相同的文字" },
          meaning: { en: "the same meaning", zh: "相同的含义" },
        },
      }),
    ),
  threshold: z
    .number()
    .min(0.5)
    .max(1)
    .default(0.95)
    .meta(
      field({
        title: { en: "Threshold", zh: "阈值" },
        help: {
          en: "Least cosine similarity, 0.5 to 1. What is right differs from model to model: find it on pairs of your own.",
          zh: "最低余弦相似度，0.5 到 1。合适的数值因模型而异：请用自己的问题对来确定。",
        },
        control: "slider",
        group: "main",
        step: 0.005,
        when: { match: ["meaning"] },
      }),
    ),
  pairs: z
    .array(questionPair)
    .max(cacheLimits.pairs)
    .default([])
    .meta(
      field({
        title: { en: "Pairs that say where the threshold lies", zh: "用来确定阈值的问题对" },
        help: {
          en: "Questions to which one answer does, and such that look alike and need another. At most 200.",
          zh: "同一答案适用的问题对，以及看似相同却需要不同答案的问题对。最多 200 对。",
        },
        control: "question-pairs",
        group: "main",
        when: { match: ["meaning"] },
      }),
    ),
  scope: z
    .enum(cacheScopes)
    .default("pipeline")
    .meta(
      field({
        title: { en: "Answers are given to", zh: "答案的适用范围" },
        help: {
          en: "Never beyond one address of the pipeline; runs in the editor have answers of their own.",
          zh: "绝不超出流水线的一个发布地址；编辑器中的运行有自己单独的答案。",
        },
        control: "select",
        group: "main",
        options: {
          pipeline: { en: "everyone who calls this address", zh: "调用该地址的所有人" },
          user: { en: "the same end user", zh: "同一终端用户" },
          key: { en: "the same API key", zh: "同一 API 密钥" },
        },
      }),
    ),
  minutes: z
    .int()
    .min(1)
    .max(cacheLimits.minutes)
    .default(1_440)
    .meta(
      field({
        title: { en: "Time to live", zh: "有效时间" },
        help: {
          en: "After it the steps are run anew. They are, too, once the steps, their prompts, models or knowledge bases have changed.",
          zh: "到期后重新运行内部步骤。内部步骤、提示词、模型或知识库有变化时也会重新运行。",
        },
        control: "number",
        group: "main",
        unit: { en: "minutes", zh: "分钟" },
      }),
    ),
  terms: z
    .array(z.string().trim().min(1).max(cacheLimits.term))
    .max(cacheLimits.terms)
    .default([])
    .meta(
      field({
        title: { en: "Words that must agree", zh: "必须一致的词" },
        help: {
          en: "Names of products, places, plans: where one question has such a word and the other has not, they are never taken for the same.",
          zh: "产品、地点、套餐等名称：一个问题含有而另一个没有时，绝不视为同一问题。",
        },
        control: "string-list",
        group: "advanced",
        when: { match: ["meaning"] },
      }),
    ),
  model: embeddingModel.meta(
    field({
      title: { en: "Embedding model", zh: "向量模型" },
      control: "embedding-model",
      group: "advanced",
      when: { match: ["meaning"] },
    }),
  ),
  entries: z
    .int()
    .min(1)
    .max(cacheLimits.entries)
    .default(1_000)
    .meta(
      field({
        title: { en: "Most answers kept", zh: "最多保存的答案数" },
        help: { en: "Those used longest ago go first.", zh: "最久未使用的先移除。" },
        control: "number",
        group: "advanced",
      }),
    ),
  megabytes: z
    .int()
    .min(1)
    .max(cacheLimits.megabytes)
    .default(10)
    .meta(
      field({
        title: { en: "Most room", zh: "最大占用空间" },
        control: "number",
        group: "advanced",
        unit: { en: "MB", zh: "MB" },
      }),
    ),
});
export type CacheConfig = z.output<typeof cacheConfig>;
