import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { groundedContextLength, groundedSettings } from "./lib/grounded-prompt";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Photo and question",
    photo: "Photo",
    question: "Question",
    look: "Read the display",
    lookQuestion: "Read all text in the picture.",
    ask: "Question with the code",
    askText: "{{question}} (On the display: {{seen}})",
    search: "Search the manual",
    answer: "Answer from the manual",
    unknown: "Nothing found",
    unknownText: "I don't know. The manual does not answer this: “{{asked}}”",
    check: "Does it answer, and is it in the manual?",
    nothing: "Nothing to answer from",
    unsupported: "Not supported",
    unsupportedText: "I don't know for certain. The manual does not support this draft: “{{draft}}”",
    merge: "The answer",
    output: "Result",
    answerTitle: "Answer",
    seen: "Seen on the photo",
    sources: "Sources",
    base: "AquaSoft W 700 manual (sample)",
    manual: "AquaSoft W 700 manual.md",
  },
  zh: {
    input: "照片和问题",
    photo: "照片",
    question: "问题",
    look: "读取显示屏",
    lookQuestion: "读出图片中的所有文字。",
    ask: "带代码的问题",
    askText: "{{question}}（显示屏：{{seen}}）",
    search: "检索说明书",
    answer: "根据说明书回答",
    unknown: "没有找到",
    unknownText: "我不知道。说明书中没有这个问题的答案：“{{asked}}”",
    check: "答到了吗，说明书支持吗？",
    nothing: "没有可用的内容",
    unsupported: "没有依据",
    unsupportedText: "我不能确定。说明书不支持这份草稿：“{{draft}}”",
    merge: "回答",
    output: "结果",
    answerTitle: "回答",
    seen: "照片上的文字",
    sources: "来源",
    base: "AquaSoft W 700 说明书（示例）",
    manual: "AquaSoft W 700 说明书.md",
  },
} as const;

const manualKey = (locale: Locale) => `washing-machine-manual-${locale}`;

export const applianceManual: PipelineTemplate = {
  id: "appliance-manual",
  title: { en: "Ask the appliance manual with a photo", zh: "拍照问家电说明书" },
  summary: {
    en: "Reads the code on a photographed appliance, finds its place in the manual, answers from there, and checks the answer against it. The built-in vision model reads text and names objects; it is a composite, not a VLM, so exchange it to have pictures understood.",
    zh: "从家电照片中读出代码，在说明书中找到对应内容并据此回答，再与说明书核对。内置视觉模型能识别文字和物体，它是组合模型而不是视觉语言模型；需要真正理解画面时请更换模型。",
  },
  category: "knowledge",
  needs: ["vision-model", "chat-model", "embedding-model", "knowledge-base"],
  slug: "appliance-manual",
  supplies: (locale: Locale) => {
    const { base, manual } = words[locale];
    return {
      knowledge: {
        [manualKey(locale)]: {
          name: base,
          chunkBy: "heading",
          chunkSize: { en: 600, zh: 250 }[locale],
          documents: [{ name: manual, mediaType: "text/markdown", asset: `washing-machine-manual.${locale}.md` }],
        },
      },
      files: {
        drain: { name: "washing-machine.jpg", mediaType: "image/jpeg", asset: "washing-machine-e18.jpg" },
      },
    };
  },
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: {
            fields: [
              { name: "photo", title: text.photo, kind: "image" },
              { name: "question", title: text.question, kind: "text", maxLength: 500 },
            ],
          },
          at: [0, 1],
        },
        look: {
          type: "vision/describe",
          label: text.look,
          config: { model: "default", question: text.lookQuestion, detail: "medium", temperature: 0 },
          at: [1, 0],
        },
        ask: { type: "text/template", label: text.ask, config: { template: text.askText }, at: [2, 1] },
        search: {
          type: "retrieval/search",
          label: text.search,
          config: {
            knowledgeBase: supply("knowledge", manualKey(locale)),
            topK: 2,
            contextLength: groundedContextLength,
          },
          at: [3, 1],
        },
        answer: {
          type: "prompt/chat",
          label: text.answer,
          config: groundedSettings(locale),
          at: [4, 0],
        },
        check: { type: "retrieval/answer-check", label: text.check, config: { threshold: 0.5 }, at: [5, 0] },
        unsupported: {
          type: "text/template",
          label: text.unsupported,
          config: { template: text.unsupportedText },
          at: [6, 1],
        },
        nothing: { type: "flow/merge", label: text.nothing, config: { inputs: 2 }, at: [6, 2] },
        unknown: { type: "text/template", label: text.unknown, config: { template: text.unknownText }, at: [7, 2] },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 3 }, at: [8, 0] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "answer", title: text.answerTitle },
              { name: "seen", title: text.seen },
              { name: "sources", title: text.sources },
            ],
          },
          at: [9, 1],
        },
      },
      [
        "input.photo > look.image",
        "input.question > ask.question",
        "look.text > ask.seen",
        "ask.text > search.query",
        "ask.text > answer.question",
        "search.context > answer.context",
        "answer.text > check.answer",
        "search.sources > check.documents",
        "ask.text > check.question",
        "check.unsupported > unsupported.draft",
        "search.empty > nothing.input1",
        "check.unanswered > nothing.input2",
        "nothing.value > unknown.asked",
        "check.supported > merge.input1",
        "unsupported.text > merge.input2",
        "unknown.text > merge.input3",
        "merge.value > output.answer",
        "look.text > output.seen",
        "search.sources > output.sources",
      ],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const photo = supply("files", "drain");
const samples = {
  en: [
    { name: "A code on the display", inputs: { photo, question: "What does the code mean?" } },
    { name: "What to do", inputs: { photo, question: "What should I do now?" } },
  ],
  zh: [
    { name: "显示屏上的代码", inputs: { photo, question: "这个代码是什么意思？" } },
    { name: "怎么处理", inputs: { photo, question: "我现在应该怎么做？" } },
  ],
} as const;
