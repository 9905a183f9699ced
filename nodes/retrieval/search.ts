import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import type { Source } from "@/runtime/node/source";
import { rerankModel } from "../lib/model-fields";
import { numberedPassages } from "../lib/passages";
import { bestFirst } from "../lib/rerank-order";
import { renderTemplate } from "../lib/template";
import { checkVariables, templatePorts } from "../lib/template-ports";

export const searchLimits = { query: 2000, conditions: 10, topK: 50 } as const;

/** How many passages a reranking model is given for each that is asked for. */
const rerankFactor = 4;

const condition = z.object({
  name: z
    .string()
    .trim()
    .max(64)
    .meta(field({ title: { en: "Name", zh: "名称" } })),
  value: z
    .string()
    .trim()
    .max(500)
    .meta(field({ title: { en: "Value", zh: "值" } })),
});

const config = z
  .object({
    knowledgeBase: z
      .string()
      .trim()
      .max(64)
      .default("")
      .meta(
        field({
          title: { en: "Knowledge base", zh: "知识库" },
          control: "knowledge-base",
          group: "main",
        }),
      ),
    topK: z
      .int()
      .min(1)
      .max(searchLimits.topK)
      .default(3)
      .meta(
        field({
          title: { en: "Passages", zh: "段落数" },
          help: { en: "Most passages to find.", zh: "最多返回的段落数量。" },
          control: "number",
          group: "main",
        }),
      ),
    way: z
      .enum(["fused", "vector", "text"])
      .default("fused")
      .meta(
        field({
          title: { en: "Search by", zh: "检索方式" },
          help: {
            en: "Both together are the safe choice: meaning finds other words for the same thing, words find names and numbers.",
            zh: "两者结合最稳妥：语义能找到不同的说法，词语能找到名称和数字。",
          },
          control: "select",
          group: "main",
          options: {
            fused: { en: "Meaning and words", zh: "语义与词语" },
            vector: { en: "Meaning", zh: "语义" },
            text: { en: "Words", zh: "词语" },
          },
        }),
      ),
    minimumScore: z
      .number()
      .min(0)
      .max(1)
      .default(0)
      .meta(
        field({
          title: { en: "Least strength", zh: "最低强度" },
          help: {
            en: "Weaker passages are left out: by likeness of meaning, by share of the words, or by the better of the two. Try it on the page of the knowledge base; good values differ between models.",
            zh: "低于此强度的段落会被舍去：按语义相似度、按词语命中比例，或取两者中较高者。可在知识库页面试验；合适的值因模型而异。",
          },
          control: "slider",
          group: "main",
          step: 0.05,
        }),
      ),
    filter: z
      .array(condition)
      .max(searchLimits.conditions)
      .default([])
      .meta(
        field({
          title: { en: "Only where", zh: "筛选条件" },
          help: {
            en: "What was noted of the documents, or a table's columns. Every {{variable}} in a value becomes an input; an empty value is no condition.",
            zh: "文档的备注信息或表格的列。值中的每个 {{变量}} 都会成为一个输入；空值表示不作限制。",
          },
          control: "rows",
          group: "advanced",
        }),
      ),
    rerank: z
      .boolean()
      .default(false)
      .meta(
        field({
          title: { en: "Rerank", zh: "重排" },
          help: {
            en: "Has a model read more passages than are asked for and put the best first. Needs a reranking model.",
            zh: "让模型阅读更多段落并把最合适的排在前面。需要重排模型。",
          },
          control: "switch",
          group: "advanced",
        }),
      ),
    rerankModel,
    contextLength: z
      .int()
      .min(100)
      .max(100_000)
      .default(6000)
      .meta(
        field({
          title: { en: "Longest context", zh: "上下文最大长度" },
          help: {
            en: "Passages that do not fit into so many characters are left out of the context; they stay among the sources.",
            zh: "超出此长度的段落不写入上下文，但仍保留在来源中。",
          },
          control: "number",
          group: "output",
          unit: { en: "characters", zh: "字符" },
        }),
      ),
  })
  .superRefine(({ filter }, context) => checkVariables({ filter: valuesOf(filter) }, ["query"], context));

const valuesOf = (filter: readonly z.output<typeof condition>[]): string => filter.map(({ value }) => value).join("\n");

const query = port.text({ en: "Query", zh: "查询" });
const outputs = {
  sources: port.maybe(port.documents({ en: "Sources", zh: "来源" })),
  context: port.maybe(port.text({ en: "Context", zh: "上下文" })),
  found: port.boolean({ en: "Found", zh: "是否找到" }),
  empty: port.maybe(port.text({ en: "Nothing found", zh: "未找到" })),
};

export const retrievalSearch = defineNode({
  type: "retrieval/search",
  version: 1,
  title: { en: "Search knowledge", zh: "检索知识库" },
  summary: {
    en: "Finds the passages of a knowledge base that fit a query, by meaning and by words, with where each is from.",
    zh: "按语义和词语在知识库中查找与查询相符的段落，并给出每段的出处。",
  },
  icon: "book-open",
  keywords: [
    "retrieval",
    "rag",
    "documents",
    "vector",
    "knowledge",
    "sources",
    "pdf",
    "faq",
    "manual",
    "知识库",
    "手册",
    "检索",
    "召回",
    "文档",
    "向量",
    "引用",
  ],
  config,
  inputs: ({ filter }): port.Ports => ({ query, ...templatePorts(valuesOf(filter)) }),
  outputs,
  preview: ({ topK, way }) => `${way} · ${topK}`,
  passes: {},
  examples: [
    {
      name: "Finds passages and numbers them for a prompt",
      config: { knowledgeBase: "kb1", topK: 2 },
      inputs: { query: "How long does charging take?" },
      searches: [
        { sources: [example("s1", "The battery charges in two hours.", 12), example("s2", "Keep it dry.", 13)] },
      ],
      outputs: {
        sources: [example("s1", "The battery charges in two hours.", 12), example("s2", "Keep it dry.", 13)],
        context: "[1] (Manual.pdf, p. 12)\nThe battery charges in two hours.\n\n[2] (Manual.pdf, p. 13)\nKeep it dry.",
        found: true,
      },
    },
    {
      name: "Takes another way where nothing fits",
      config: { knowledgeBase: "kb1", minimumScore: 0.5, filter: [{ name: "product", value: "{{product}}" }] },
      inputs: { query: "谁发明了电话？", product: "台灯" },
      searches: [{ sources: [] }],
      outputs: { found: false, empty: "谁发明了电话？" },
    },
    {
      name: "Has a model put the best first",
      config: { knowledgeBase: "kb1", topK: 1, rerank: true },
      inputs: { query: "Is it waterproof?" },
      searches: [
        { sources: [example("s1", "The battery charges in two hours.", 12), example("s2", "Keep it dry.", 13)] },
      ],
      rankings: [{ results: [{ index: 1, score: 0.9 }] }],
      outputs: {
        sources: [{ ...example("s2", "Keep it dry.", 13), score: 0.9 }],
        context: "[1] (Manual.pdf, p. 13)\nKeep it dry.",
        found: true,
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    if (config.knowledgeBase === "") {
      throw new NodeFailure("knowledge-unknown", "No knowledge base is chosen.", {
        hint: "Choose a knowledge base in the step's settings.",
      });
    }
    const asked = z.object({ query: z.string() }).parse(inputs).query.trim();
    if (asked === "") throw new NodeFailure("value-invalid", "The query is empty.");
    if (asked.length > searchLimits.query) {
      ctx.log("warn", `Only the first ${searchLimits.query} characters of the query were searched for.`);
    }
    const text = asked.slice(0, searchLimits.query).toWellFormed();
    const filter = Object.fromEntries(
      config.filter
        .map(({ name, value }) => [name, renderTemplate(value, inputs).trim()] as const)
        .filter(([name, value]) => name !== "" && value !== ""),
    );
    const { topK, way, minimumScore, knowledgeBase } = config;
    const { sources: found } = await ctx.knowledge.search({
      knowledgeBase,
      query: text,
      topK: config.rerank ? Math.min(100, topK * rerankFactor) : topK,
      way,
      ...(minimumScore > 0 ? { minimumScore } : {}),
      ...(Object.keys(filter).length > 0 ? { filter } : {}),
    });
    const sources =
      config.rerank && found.length > 0 ? await bestFirst(ctx, config.rerankModel, text, found, topK) : found;
    ctx.log("debug", `${sources.length} passages: ${sources.map(({ score }) => score.toFixed(3)).join(", ")}`);
    if (sources.length === 0) return { found: false, empty: asked };
    return { sources, context: numberedPassages(sources, config.contextLength), found: true };
  },
});

function example(id: string, text: string, page: number): Source {
  const document = { knowledgeBaseId: "kb1", documentId: "d1", documentName: "Manual.pdf" };
  return { id, ...document, text, score: 0.8, page, start: 0, end: text.length };
}
