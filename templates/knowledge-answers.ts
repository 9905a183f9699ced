import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { groundedContextLength, groundedSettings } from "./lib/grounded-prompt";
import { handbookKey, handbookSupply } from "./lib/handbook";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    question: "Question",
    search: "Search the handbook",
    answer: "Answer from the sources",
    check: "Does it answer, and is it in the sources?",
    unknown: "Nothing found",
    unknownText: "I don't know. The handbook says nothing about “{{question}}”.",
    unsupported: "Not supported",
    unsupportedText: "I don't know for certain. No source supports this draft: “{{draft}}”",
    nothing: "Nothing to answer from",
    merge: "The answer",
    output: "Result",
    answerTitle: "Answer",
    sources: "Sources",
  },
  zh: {
    question: "问题",
    search: "检索手册",
    answer: "根据来源回答",
    check: "答到了吗，来源支持吗？",
    unknown: "没有找到",
    unknownText: "我不知道。手册中没有关于“{{question}}”的内容。",
    unsupported: "没有依据",
    unsupportedText: "我不能确定。来源不支持这份草稿：“{{draft}}”",
    nothing: "没有可用的内容",
    merge: "回答",
    output: "结果",
    answerTitle: "回答",
    sources: "来源",
  },
} as const;

export const knowledgeAnswers: PipelineTemplate = {
  id: "knowledge-answers",
  title: { en: "Answer from your documents", zh: "根据文档回答问题" },
  summary: {
    en: "Searches a knowledge base, answers with cited sources, checks that the answer says what was asked and stands in the sources, and says “I don't know” where it does not. Comes with a small staff handbook; replace it with your own documents.",
    zh: "检索知识库并给出带出处的回答，再核对是否答到了问题、来源是否支持；做不到时回答“我不知道”。附带一份小型员工手册，可换成自己的文档。",
  },
  category: "knowledge",
  needs: ["chat-model", "embedding-model", "knowledge-base"],
  slug: "knowledge-answers",
  supplies: (locale: Locale) => ({ knowledge: handbookSupply(locale) }),
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.question,
          config: { fields: [{ name: "question", title: text.question, kind: "text", maxLength: 500 }] },
          at: [0, 1],
        },
        search: {
          type: "retrieval/search",
          label: text.search,
          config: {
            knowledgeBase: supply("knowledge", handbookKey(locale)),
            topK: 3,
            minimumScore: 0.3,
            contextLength: groundedContextLength,
          },
          at: [1, 1],
        },
        answer: { type: "prompt/chat", label: text.answer, config: groundedSettings(locale), at: [2, 0] },
        nothing: { type: "flow/merge", label: text.nothing, config: { inputs: 2 }, at: [4, 2] },
        unknown: { type: "text/template", label: text.unknown, config: { template: text.unknownText }, at: [5, 2] },
        check: { type: "retrieval/answer-check", label: text.check, config: { threshold: 0.5 }, at: [3, 0] },
        unsupported: {
          type: "text/template",
          label: text.unsupported,
          config: { template: text.unsupportedText },
          at: [4, 1],
        },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [6, 0] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "answer", title: text.answerTitle },
              { name: "sources", title: text.sources },
            ],
          },
          at: [7, 1],
        },
      },
      [
        "input.question > search.query",
        "input.question > answer.question",
        "search.context > answer.context",
        "input.question > check.question",
        "search.empty > nothing.input1",
        "check.unanswered > nothing.input2",
        "nothing.value > unknown.question",
        "answer.text > check.answer",
        "search.sources > check.documents",
        "check.unsupported > unsupported.draft",
        "check.supported > merge.input1",
        "unsupported.text > merge.input2",
        "unknown.text > merge.input3",
        "merge.value > output.answer",
        "search.sources > output.sources",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "Annual leave", inputs: { question: "How many days of annual leave do I have?" } },
    { name: "Lost laptop", inputs: { question: "My laptop was stolen. Whom do I call?" } },
    { name: "Not in the handbook", inputs: { question: "Who won the football world cup in 1990?" } },
  ],
  zh: [
    { name: "年假", inputs: { question: "每年有多少天年假？" } },
    { name: "笔记本丢失", inputs: { question: "笔记本电脑丢了要打哪个电话？" } },
    { name: "手册之外", inputs: { question: "一九九〇年世界杯冠军是谁？" } },
  ],
} as const;
