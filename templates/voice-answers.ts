import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { groundedContextLength, groundedSettings } from "./lib/grounded-prompt";
import { handbookKey, handbookSupply } from "./lib/handbook";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    input: "Spoken question",
    recording: "Recording",
    hear: "Write it down",
    expect: "annual leave",
    search: "Search the handbook",
    answer: "Answer from the sources",
    silent: "Nobody speaks",
    silentText: "Nobody speaks in this recording (silent: {{silent}}). Please record your question again.",
    unknown: "Nothing found",
    unknownText: "I don't know. The handbook says nothing about “{{question}}”.",
    check: "Does it answer, and is it in the sources?",
    nothing: "Nothing to answer from",
    unsupported: "Not supported",
    unsupportedText: "I don't know for certain. No source supports this draft: “{{draft}}”",
    merge: "The answer",
    output: "Result",
    answerTitle: "Answer",
    heard: "Heard",
    sources: "Sources",
  },
  zh: {
    input: "语音提问",
    recording: "录音",
    hear: "转成文字",
    expect: "年假",
    search: "检索手册",
    answer: "根据来源回答",
    silent: "没有人说话",
    silentText: "录音中没有说话声（silent：{{silent}}），请重新录音。",
    unknown: "没有找到",
    unknownText: "我不知道。手册中没有关于“{{question}}”的内容。",
    check: "答到了吗，来源支持吗？",
    nothing: "没有可用的内容",
    unsupported: "没有依据",
    unsupportedText: "我不能确定。来源不支持这份草稿：“{{draft}}”",
    merge: "回答",
    output: "结果",
    answerTitle: "回答",
    heard: "听到的内容",
    sources: "来源",
  },
} as const;

export const voiceAnswers: PipelineTemplate = {
  id: "voice-answers",
  title: { en: "Spoken question, written answer", zh: "语音提问，文字回答" },
  summary: {
    en: "Writes down a recorded question, searches the sample handbook, answers from it and checks the answer; silence is noticed. Record a question of your own in the run panel, or start with the sample.",
    zh: "把录音里的问题转成文字，检索示例手册并据此回答，再核对回答；没有人说话时会提示。可以在运行面板里自己录一个问题，也可以先用示例。",
  },
  category: "knowledge",
  needs: ["transcription-model", "chat-model", "embedding-model", "knowledge-base"],
  slug: "voice-answers",
  supplies: (locale: Locale) => ({
    knowledge: handbookSupply(locale),
    files: {
      question: { name: "question.ogg", mediaType: "audio/ogg", asset: `spoken-question.${locale}.ogg` },
    },
  }),
  document: (locale: Locale) => {
    const text = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: text.input,
          config: { fields: [{ name: "recording", title: text.recording, kind: "audio" }] },
          at: [0, 1],
        },
        hear: {
          type: "speech/transcribe",
          label: text.hear,
          config: { model: "default", language: locale, prompt: text.expect },
          at: [1, 1],
        },
        search: {
          type: "retrieval/search",
          label: text.search,
          config: {
            knowledgeBase: supply("knowledge", handbookKey(locale)),
            topK: 3,
            minimumScore: 0.2,
            contextLength: groundedContextLength,
          },
          at: [2, 1],
        },
        answer: { type: "prompt/chat", label: text.answer, config: groundedSettings(locale), at: [3, 0] },
        silent: { type: "text/template", label: text.silent, config: { template: text.silentText }, at: [2, 2] },
        check: { type: "retrieval/answer-check", label: text.check, config: { threshold: 0.5 }, at: [4, 0] },
        unsupported: {
          type: "text/template",
          label: text.unsupported,
          config: { template: text.unsupportedText },
          at: [5, 1],
        },
        nothing: { type: "flow/merge", label: text.nothing, config: { inputs: 2 }, at: [5, 2] },
        unknown: { type: "text/template", label: text.unknown, config: { template: text.unknownText }, at: [6, 2] },
        merge: { type: "flow/merge", label: text.merge, config: { inputs: 4 }, at: [7, 0] },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "answer", title: text.answerTitle },
              { name: "heard", title: text.heard },
              { name: "sources", title: text.sources },
            ],
          },
          at: [8, 1],
        },
      },
      [
        "input.recording > hear.audio",
        "hear.text > search.query",
        "hear.text > answer.question",
        "search.context > answer.context",
        "answer.text > check.answer",
        "search.sources > check.documents",
        "hear.text > check.question",
        "check.unsupported > unsupported.draft",
        "search.empty > nothing.input1",
        "check.unanswered > nothing.input2",
        "nothing.value > unknown.question",
        "hear.silent > silent.silent",
        "silent.text > merge.input1",
        "check.supported > merge.input2",
        "unsupported.text > merge.input3",
        "unknown.text > merge.input4",
        "merge.value > output.answer",
        "hear.text > output.heard",
        "search.sources > output.sources",
      ],
    );
  },
  sampleInputs: (locale: Locale) => {
    const recording = supply("files", "question");
    return [
      { name: words[locale].input, inputs: { recording } },
      { name: words[locale].recording, inputs: { recording } },
    ];
  },
};
