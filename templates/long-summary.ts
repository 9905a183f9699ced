import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { longTexts } from "./lib/long-texts";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: {
    input: "Document",
    split: "Cut into parts",
    map: "Each part",
    part: "A part",
    sum: "Say it in a sentence",
    partSystem:
      "You sum up one part of a longer document in one sentence of at most 20 words. Keep names and numbers as they are.",
    partResult: "Sentence",
    join: "Notes in order",
    reduce: "Sum up the notes",
    system:
      "You get notes on the parts of one document, in order. Write a summary of at most 40 words. Keep names and numbers as they are, and add nothing.",
    output: "Result",
    summary: "Summary",
    notes: "Notes",
    size: 400,
  },
  zh: {
    input: "文档",
    split: "切分为若干部分",
    map: "逐个部分",
    part: "一个部分",
    sum: "用一句话概括",
    partSystem: "你用一句话概括一份长文档的其中一部分，不超过 30 个字。名称和数字照原样保留。",
    partResult: "概括",
    join: "按顺序汇集",
    reduce: "汇总成摘要",
    system:
      "你会看到一份文档各部分的要点，按顺序排列。请写一段不超过 60 个字的摘要，名称和数字照原样保留，不添加内容。",
    output: "结果",
    summary: "摘要",
    notes: "要点",
    size: 110,
  },
} as const;

export const longSummary: PipelineTemplate = {
  id: "long-summary",
  title: { en: "Sum up a long document", zh: "长文档摘要" },
  summary: {
    en: "Cuts a document of up to 100,000 characters into parts, says each in a sentence, two parts at a time, and sums the sentences up: map and reduce. Each part's sentence stands beside the summary to check it by. The built-in model keeps to plain facts and takes some seconds a part; it may drop a fact, so read the notes.",
    zh: "把最多 100,000 个字符的文档切成若干部分，每次两部分，各用一句话概括，再汇总成摘要（先分后合），并列出每部分的要点供核对。内置模型适合平实的内容，每部分需要几秒，可能漏掉个别事实，请对照要点。",
  },
  category: "knowledge",
  needs: ["chat-model"],
  slug: "long-summary",
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "document", title: text.input, kind: "text", maxLength: 100_000 }] },
          at: [0, 0.5],
        },
        split: {
          type: "text/split",
          label: text.split,
          config: { by: "structure", size: text.size, overlap: 0 },
          at: [1, 0.5],
        },
        parts: {
          type: "flow/map",
          label: text.map,
          config: { concurrency: 2 },
          at: [2, 0.5],
          body: drawDocument(
            {
              part: {
                type: "io/input",
                label: text.part,
                config: { fields: [{ name: "item", title: text.part, kind: "json" }] },
                at: [0, 0],
              },
              sentence: {
                type: "prompt/chat",
                label: text.sum,
                config: {
                  model: "default",
                  system: text.partSystem,
                  user: "{{item.text}}",
                  temperature: 0,
                  maxTokens: 60,
                },
                at: [1, 0],
              },
              result: {
                type: "io/output",
                label: text.partResult,
                config: { outputs: [{ name: "sentence", title: text.partResult }] },
                at: [2, 0],
              },
            },
            ["part.item > sentence.item", "sentence.text > result.sentence"],
          ),
        },
        notes: {
          type: "text/join",
          label: text.join,
          config: { inputs: 1, separator: "line", template: "{{number}}. {{text}}" },
          at: [3, 0.5],
        },
        summary: {
          type: "prompt/chat",
          label: text.reduce,
          config: { model: "default", system: text.system, user: "{{notes}}", temperature: 0, maxTokens: 110 },
          at: [4, 0],
        },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "summary", title: text.summary },
              { name: "notes", title: text.notes },
            ],
          },
          at: [5, 0.5],
        },
      },
      [
        "input.document > split.text",
        "split.pieces > parts.items",
        "parts.sentence > notes.text1",
        "notes.text > summary.notes",
        "summary.text > output.summary",
        "notes.text > output.notes",
      ],
    );
  },
  sampleInputs: (locale: Locale) => longTexts[locale],
};
