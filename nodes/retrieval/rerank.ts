import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { type Source, source } from "@/runtime/node/source";
import { rerankModel } from "../lib/model-fields";
import { numberedPassages } from "../lib/passages";
import { bestFirst } from "../lib/rerank-order";

export const rerankLimits = { documents: 200, query: 2000 } as const;

const config = z.object({
  model: rerankModel,
  topN: z
    .int()
    .min(1)
    .max(50)
    .default(3)
    .meta(
      field({
        title: { en: "Passages", zh: "段落数" },
        help: { en: "Most passages to keep.", zh: "最多保留的段落数量。" },
        control: "number",
        group: "main",
      }),
    ),
  minimumScore: z
    .number()
    .min(-20)
    .max(20)
    .optional()
    .meta(
      field({
        title: { en: "Least score", zh: "最低得分" },
        help: {
          en: "Passages that the model scores lower are left out. Most models score from 0 to 1, some without bounds; empty keeps all.",
          zh: "得分更低的段落会被舍去。多数模型的得分在 0 到 1 之间，有的没有界限；留空则全部保留。",
        },
        control: "number",
        group: "main",
        step: 0.05,
      }),
    ),
  contextLength: z
    .int()
    .min(100)
    .max(100_000)
    .default(6000)
    .meta(
      field({
        title: { en: "Longest context", zh: "上下文最大长度" },
        control: "number",
        group: "output",
        unit: { en: "characters", zh: "字符" },
      }),
    ),
});

export const retrievalRerank = defineNode({
  type: "retrieval/rerank",
  version: 1,
  title: { en: "Rerank passages", zh: "重排段落" },
  summary: {
    en: "Has a reranking model read passages beside a query and keeps those that answer it best, best first.",
    zh: "让重排模型对照查询阅读各段落，保留最能回答问题的段落并按优劣排序。",
  },
  icon: "list-ordered",
  keywords: ["rerank", "cross-encoder", "relevance", "order", "passages", "重排", "排序", "相关性", "精排"],
  config,
  inputs: {
    query: port.text({ en: "Query", zh: "查询" }),
    documents: port.documents({ en: "Sources", zh: "来源" }),
  },
  outputs: {
    documents: port.documents({ en: "Sources", zh: "来源" }),
    context: port.text({ en: "Context", zh: "上下文" }),
  },
  preview: ({ model, topN }) => `${model} · ${topN}`,
  passes: { documents: "documents", context: "documents" },
  examples: [
    {
      name: "Puts the passage first that answers",
      config: { topN: 1 },
      inputs: {
        query: "Is it waterproof?",
        documents: [example("s1", "It charges fast."), example("s2", "Keep it dry.")],
      },
      rankings: [{ results: [{ index: 1, score: 0.93 }] }],
      outputs: {
        documents: [{ ...example("s2", "Keep it dry."), score: 0.93 }],
        context: "[1] (Manual.pdf)\nKeep it dry.",
      },
    },
    {
      name: "Leaves out what does not answer",
      config: { minimumScore: 0.5 },
      inputs: { query: "谁发明了电话？", documents: [example("s1", "保修期为两年。")] },
      rankings: [{ results: [{ index: 0, score: 0.02 }] }],
      outputs: { documents: [], context: "" },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { query, documents } = z.object({ query: z.string(), documents: z.array(source) }).parse(inputs);
    if (query.trim() === "") throw new NodeFailure("value-invalid", "The query is empty.");
    if (documents.length > rerankLimits.documents) {
      throw new NodeFailure(
        "value-invalid",
        `There are ${documents.length} passages; at most ${rerankLimits.documents} are ranked.`,
      );
    }
    if (documents.length === 0) return { documents: [], context: "" };
    const asked = query.slice(0, rerankLimits.query).toWellFormed();
    const ranked = await bestFirst(ctx, config.model, asked, documents, config.topN);
    const kept = ranked.filter(({ score }) => config.minimumScore === undefined || score >= config.minimumScore);
    return { documents: kept, context: numberedPassages(kept, config.contextLength) };
  },
});

function example(id: string, text: string): Source {
  const document = { knowledgeBaseId: "kb1", documentId: "d1", documentName: "Manual.pdf" };
  return { id, ...document, text, score: 0.5, start: 0, end: text.length };
}
