import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { type Source, source } from "@/runtime/node/source";
import { sentenceVerdict } from "../lib/answer-check/verdict";
import { chatModel, embeddingModel } from "../lib/model-fields";
import { saysSomething, sentencesOf, withoutCitations } from "../lib/sentences";
import { rounded } from "../lib/similarity";

export const answerCheckLimits = { sentences: 100, answer: 50_000, documents: 50 } as const;

const config = z.object({
  method: z
    .enum(["similarity", "model"])
    .default("similarity")
    .meta(
      field({
        title: { en: "Check by", zh: "核对方式" },
        help: {
          en: "By likeness: every sentence needs a source that is near in meaning, has its numbers, dates and names, whatever their form, and does not deny it. By a chat model: it reads both; a large one is better at what follows from what, a small one is worse.",
          zh: "按相似度：每个句子都须有意思相近的来源，其中的数字、日期和名称（写法可以不同）都在来源里，且来源没有否定它。由对话模型判断：模型同时阅读两者；大模型更善于判断推论，小模型则不如相似度。",
        },
        control: "select",
        group: "main",
        options: {
          similarity: { en: "Likeness and facts", zh: "相似度与事实" },
          model: { en: "A chat model", zh: "对话模型" },
        },
      }),
    ),
  threshold: z
    .number()
    .min(0)
    .max(1)
    .default(0.6)
    .meta(
      field({
        title: { en: "Least likeness", zh: "最低相似度" },
        help: { en: "Of a sentence to its best source sentence.", zh: "句子与最相近的来源句之间须达到的相似度。" },
        control: "slider",
        group: "main",
        step: 0.05,
      }),
    ),
  minimumShare: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .meta(
      field({
        title: { en: "Share that must be supported", zh: "须有依据的比例" },
        help: { en: "Of the answer's sentences; 1 is all of them.", zh: "占回答句子的比例；1 表示全部。" },
        control: "slider",
        group: "output",
        step: 0.05,
      }),
    ),
  model: embeddingModel,
  judge: chatModel.meta(
    field({
      title: { en: "Judging model", zh: "判断模型" },
      control: "chat-model",
      group: "advanced",
    }),
  ),
});

const answer = port.text({ en: "Answer", zh: "回答" });
const asked = port.text({ en: "Question", zh: "问题" });

export const retrievalAnswerCheck = defineNode({
  type: "retrieval/answer-check",
  version: 1,
  title: { en: "Check answer", zh: "核对回答" },
  summary: {
    en: "Checks sentence by sentence whether the sources support an answer and, where the question is wired in, whether it answers that at all. Sends it out accordingly.",
    zh: "逐句核对回答是否有来源支持；接入问题时，还会检查回答是否真的回答了它，并据此从相应端口输出。",
  },
  icon: "clipboard-check",
  keywords: [
    "grounding",
    "hallucination",
    "faithfulness",
    "citation",
    "verify",
    "幻觉",
    "核查",
    "依据",
    "引用",
    "事实",
  ],
  config,
  inputs: { answer, documents: port.documents({ en: "Sources", zh: "来源" }), question: port.maybe(asked) },
  outputs: {
    supported: port.maybe(port.text({ en: "Supported", zh: "有依据" })),
    unsupported: port.maybe(port.text({ en: "Unsupported", zh: "无依据" })),
    unanswered: port.maybe(port.text({ en: "Not answered", zh: "未回答" })),
    sentences: port.json(z.array(sentenceVerdict), { en: "Sentences", zh: "句子" }),
    share: port.number({ en: "Share of support", zh: "有依据的比例" }),
  },
  preview: ({ method, minimumShare }) => `${method} · ≥ ${Math.round(minimumShare * 100)} %`,
  passes: { supported: "answer" },
  examples: [
    {
      name: "Every sentence stands in a source",
      config: {},
      inputs: { answer: "Charging takes 2 hours [1].", documents: [example("s1", "The battery charges in 2 hours.")] },
      vectors: { "Charging takes 2 hours.": [1, 0], "The battery charges in 2 hours.": [0.9, 0.436] },
      outputs: {
        supported: "Charging takes 2 hours [1].",
        sentences: [
          {
            text: "Charging takes 2 hours [1].",
            supported: true,
            source: 0,
            score: 0.9,
            missing: [],
            contradicted: false,
          },
        ],
        share: 1,
      },
    },
    {
      name: "A number that no source has is not supported",
      config: {},
      inputs: { answer: "保修期为3年。", documents: [example("s1", "保修期为2年。")] },
      vectors: { "保修期为3年。": [1, 0], "保修期为2年。": [0.98, 0.199] },
      outputs: {
        unsupported: "保修期为3年。",
        sentences: [
          { text: "保修期为3年。", supported: false, source: 0, score: 0.98, missing: ["3年"], contradicted: false },
        ],
        share: 0,
      },
    },
    {
      name: "What the source denies is not supported, however near it is",
      config: {},
      inputs: {
        answer: "The deposit is refundable.",
        documents: [example("s1", "The deposit is not refundable.")],
      },
      vectors: { "The deposit is refundable.": [1, 0], "The deposit is not refundable.": [0.97, 0.243] },
      outputs: {
        unsupported: "The deposit is refundable.",
        sentences: [
          {
            text: "The deposit is refundable.",
            supported: false,
            source: 0,
            score: 0.97,
            missing: [],
            contradicted: true,
          },
        ],
        share: 0,
      },
    },
    {
      name: "An answer without the number that is asked for answers nothing",
      config: {},
      inputs: {
        question: "每年有多少天年假？",
        answer: "每年假，每天。",
        documents: [example("s1", "每位员工每年有二十八天年假。")],
      },
      outputs: {
        unanswered: "每年有多少天年假？",
        sentences: [
          { text: "每年假，每天。", supported: false, source: null, score: 0, missing: [], contradicted: false },
        ],
        share: 0,
      },
    },
    {
      name: "A chat model judges",
      config: { method: "model", minimumShare: 0.5 },
      inputs: {
        answer: "It is waterproof. It charges fast.",
        documents: [example("s1", "Keep it dry."), example("s2", "It charges fast.")],
      },
      replies: [
        '{"sentences":[{"number":1,"supported":false,"source":null},{"number":2,"supported":true,"source":2}]}',
      ],
      outputs: {
        supported: "It is waterproof. It charges fast.",
        sentences: [
          { text: "It is waterproof.", supported: false, source: null, score: 0, missing: [], contradicted: false },
          { text: "It charges fast.", supported: true, source: 1, score: 1, missing: [], contradicted: false },
        ],
        share: 0.5,
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const {
      answer: text,
      documents,
      question = "",
    } = z.object({ answer: z.string(), documents: z.array(source), question: z.string().optional() }).parse(inputs);
    if (text.length > answerCheckLimits.answer) {
      throw new NodeFailure("value-invalid", `The answer is longer than ${answerCheckLimits.answer} characters.`);
    }
    if (documents.length > answerCheckLimits.documents) {
      throw new NodeFailure(
        "value-invalid",
        `There are ${documents.length} sources; at most ${answerCheckLimits.documents} are read.`,
      );
    }
    // Read when it runs: the editor, which only describes the step, does without.
    const { answersQuestion } = await import("../lib/answer-check/answers-question");
    const said = sentencesOf(text).filter(saysSomething);
    if (said.length === 0) throw new NodeFailure("value-invalid", "The answer is empty.");
    if (said.length > answerCheckLimits.sentences) {
      throw new NodeFailure("value-invalid", `The answer has more than ${answerCheckLimits.sentences} sentences.`);
    }
    const none = said.map((sentence) => ({
      text: sentence,
      supported: false,
      source: null,
      score: 0,
      missing: [],
      contradicted: false,
    }));
    if (question.trim() !== "" && !answersQuestion(question, withoutCitations(text))) {
      ctx.log("info", "The answer does not say what the question asks for.");
      return { unanswered: question, sentences: none, share: 0 };
    }
    const sentences =
      documents.length === 0
        ? none
        : config.method === "similarity"
          ? await (await import("../lib/answer-check/judge-by-similarity")).judgeBySimilarity(
              ctx,
              config.model,
              said,
              documents,
              config.threshold,
              question,
            )
          : await (await import("../lib/answer-check/judge-by-model")).judgeByModel(ctx, config.judge, said, documents);
    const share = rounded(sentences.filter(({ supported }) => supported).length / sentences.length);
    return { [share >= config.minimumShare ? "supported" : "unsupported"]: text, sentences, share };
  },
});

function example(id: string, text: string): Source {
  const document = { knowledgeBaseId: "kb1", documentId: "d1", documentName: "Manual.pdf" };
  return { id, ...document, text, score: 0.5, start: 0, end: text.length };
}
