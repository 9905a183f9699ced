import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Headline",
    trained: "Trained classifier",
    prompt: "Prompted model",
    labels: ["positive", "negative", "neutral"],
    descriptions: ["good for the company or the market", "bad for the company or the market", "says nothing about it"],
    note: "Side by side",
    noteText: "Trained model: {{trained}} ({{confidence}})\nPrompted model: {{prompted}}",
    output: "Result",
    comparison: "Comparison",
    sentiment: "Sentiment",
    reasons: "Words that decided",
    name: "Financial news sentiment (sample)",
  },
  zh: {
    input: "标题",
    trained: "训练的分类模型",
    prompt: "提示词分类",
    labels: ["利好", "利空", "中性"],
    descriptions: ["对公司或市场有利", "对公司或市场不利", "与好坏无关"],
    note: "并排比较",
    noteText: "训练的模型：{{trained}}（{{confidence}}）\n提示词：{{prompted}}",
    output: "结果",
    comparison: "比较",
    sentiment: "情绪",
    reasons: "起作用的词",
    name: "财经新闻情绪（示例）",
  },
} as const;

const newsKey = (locale: Locale) => `financial-news-${locale}`;

export const financialNews: PipelineTemplate = {
  id: "financial-news",
  title: { en: "Financial news sentiment", zh: "财经新闻情绪分析" },
  summary: {
    en: "Judges a headline twice: by a classifier trained on 90 sample headlines when you open this, and by a prompt. The trained one is faster and tells which words decided; compare them on your own headlines.",
    zh: "用两种方式判断一条标题：打开模板时用九十条示例标题训练出的分类模型，以及提示词。训练的模型更快，还能给出起作用的词；可用自己的标题比较两者。",
  },
  category: "finance",
  needs: ["embedding-model", "chat-model", "trained-model"],
  slug: "financial-news",
  supplies: (locale: Locale) => ({
    models: {
      [newsKey(locale)]: {
        name: words[locale].name,
        slug: newsKey(locale),
        asset: `financial-news.${locale}.csv`,
        labels: words[locale].labels,
      },
    },
  }),
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "headline", title: text.input, kind: "text", maxLength: 500 }] },
          at: [0, 1],
        },
        trained: {
          type: "fine-tuned/classify",
          label: text.trained,
          config: {
            model: { reference: supply("models", newsKey(locale)), labels: [...text.labels] },
            minimumConfidence: 0,
            reasons: true,
          },
          at: [1, 0],
        },
        prompted: {
          type: "classifier/prompt",
          label: text.prompt,
          config: {
            model: "default",
            labels: text.labels.map((name, index) => ({ name, description: text.descriptions[index] ?? "" })),
          },
          at: [1, 2],
        },
        note: { type: "text/template", label: text.note, config: { template: text.noteText }, at: [2, 1] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "comparison", title: text.comparison },
              { name: "sentiment", title: text.sentiment },
              { name: "reasons", title: text.reasons },
            ],
          },
          at: [3, 1],
        },
      },
      [
        "input.headline > trained.text",
        "input.headline > prompted.text",
        "trained.label > note.trained",
        "trained.confidence > note.confidence",
        "prompted.label > note.prompted",
        "note.text > output.comparison",
        "trained.label > output.sentiment",
        "trained.reasons > output.reasons",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "Good news", inputs: { headline: "Carmaker lifts its forecast after record sales of electric vans" } },
    { name: "Bad news", inputs: { headline: "Shares slump as the retailer warns of a loss for the year" } },
    { name: "No news", inputs: { headline: "The shareholders meet on 14 May in the city hall" } },
  ],
  zh: [
    { name: "利好", inputs: { headline: "电动货车销量创新高，车企上调全年预期" } },
    { name: "利空", inputs: { headline: "零售商预警全年亏损，股价大跌" } },
    { name: "中性", inputs: { headline: "股东大会将于五月十四日在市政厅召开" } },
  ],
} as const;
