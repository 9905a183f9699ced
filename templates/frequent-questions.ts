import type { Locale } from "@/runtime/node/localized";
import { drawDocument } from "./lib/draw-document";
import { groundedContextLength, groundedSettings } from "./lib/grounded-prompt";
import { handbookKey, handbookSupply } from "./lib/handbook";
import type { PipelineTemplate } from "./lib/pipeline-template";
import { supply } from "./lib/supplies";

const words = {
  en: {
    question: "Question",
    memory: "Asked before?",
    search: "Search the handbook",
    answer: "Answer from the sources",
    inside: "Answer",
    output: "Result",
    answerTitle: "Answer",
    from: "Answered by",
  },
  zh: {
    question: "问题",
    memory: "问过吗？",
    search: "检索手册",
    answer: "根据来源回答",
    inside: "回答",
    output: "结果",
    answerTitle: "回答",
    from: "作答来源",
  },
} as const;

/**
 * What the threshold was found on with the embedded model: pairs that one answer does for, and such that look alike and need another. In Chinese a lost
 * computer and a broken one are as near as two wordings of the same question, so little is taken for the same.
 */
const pairs = {
  en: [
    { left: "How long is parental leave?", right: "For how many months can I take parental leave?", same: true },
    {
      left: "My laptop was stolen. Whom do I call?",
      right: "Who do I phone when my laptop has been stolen?",
      same: true,
    },
    { left: "May I work from home?", right: "Is working from home allowed?", same: true },
    {
      left: "How many days of annual leave do I have?",
      right: "How many vacation days are there per year?",
      same: true,
    },
    { left: "My laptop was stolen. Whom do I call?", right: "My laptop is broken. Whom do I call?", same: false },
    {
      left: "How many days of annual leave do I have?",
      right: "How many days of parental leave do I have?",
      same: false,
    },
    { left: "May I work from home?", right: "May I work from another country?", same: false },
    { left: "May I work from home?", right: "May I not work from home?", same: false },
    { left: "How long is parental leave?", right: "How long is sick leave paid?", same: false },
    { left: "What may a hotel cost in Paris?", right: "What may a flight cost to Paris?", same: false },
  ],
  zh: [
    { left: "可以在家办公吗？", right: "能不能居家办公？", same: true },
    { left: "每年有多少天年假？", right: "年假有几天？", same: true },
    { left: "出差补贴每天多少钱？", right: "每日差旅补贴是多少？", same: true },
    { left: "育儿假最多多长？", right: "育儿假可以休多久？", same: true },
    { left: "笔记本电脑丢了要打哪个电话？", right: "笔记本电脑坏了要打哪个电话？", same: false },
    { left: "每年有多少天年假？", right: "每年有多少天育儿假？", same: false },
    { left: "可以在家办公吗？", right: "可以在国外办公吗？", same: false },
    { left: "可以在家办公吗？", right: "不可以在家办公吗？", same: false },
    { left: "育儿假最多多长？", right: "病假最多多长？", same: false },
    { left: "酒店每晚最多多少钱？", right: "火车票最多多少钱？", same: false },
  ],
} as const;
const thresholds = { en: 0.79, zh: 0.89 } as const;

export const frequentQuestions: PipelineTemplate = {
  id: "frequent-questions",
  title: { en: "Frequent questions", zh: "常见问题" },
  summary: {
    en: "Answers from a handbook once, and from memory when the question comes again: in the same words, or by meaning above a threshold that was found on pairs of questions. Numbers, names and negations have to agree.",
    zh: "首次根据手册作答，再次问到时直接从记忆中作答：文字相同，或含义相近程度达到在问题对上确定的阈值。数字、名称和否定必须一致。",
  },
  category: "knowledge",
  needs: ["chat-model", "embedding-model", "knowledge-base"],
  slug: "frequent-questions",
  supplies: (locale: Locale) => ({ knowledge: handbookSupply(locale) }),
  document: (locale: Locale) => {
    const text = words[locale];
    const field = { name: "question", title: text.question, kind: "text", maxLength: 300 };
    return drawDocument(
      {
        input: { type: "io/input", label: text.question, config: { fields: [field] }, at: [0, 0] },
        memory: {
          type: "flow/cache",
          label: text.memory,
          config: {
            match: "meaning",
            threshold: thresholds[locale],
            minutes: 10_080,
            pairs: pairs[locale].map((pair) => ({ ...pair })),
          },
          at: [1, 0],
          body: drawDocument(
            {
              input: { type: "io/input", label: text.question, config: { fields: [field] }, at: [0, 0] },
              search: {
                type: "retrieval/search",
                label: text.search,
                config: {
                  knowledgeBase: supply("knowledge", handbookKey(locale)),
                  topK: 2,
                  contextLength: groundedContextLength,
                },
                at: [1, 1],
              },
              answer: {
                type: "prompt/chat",
                label: text.answer,
                config: { ...groundedSettings(locale), maxTokens: 40 },
                at: [2, 0],
              },
              output: {
                type: "io/output",
                label: text.inside,
                config: { outputs: [{ name: "answer", title: text.answerTitle }] },
                at: [3, 0],
              },
            },
            [
              "input.question > search.query",
              "input.question > answer.question",
              "search.context > answer.context",
              "answer.text > output.answer",
            ],
          ),
        },
        output: {
          type: "io/output",
          label: text.output,
          config: {
            outputs: [
              { name: "answer", title: text.answerTitle },
              { name: "from", title: text.from },
            ],
          },
          at: [2, 0],
        },
      },
      ["input.question > memory.question", "memory.answer > output.answer", "memory.from > output.from"],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    { name: "Annual leave", inputs: { question: "How many days of annual leave do I have?" } },
    { name: "Asked again", inputs: { question: "how many days of annual leave do I have" } },
    { name: "Parental leave", inputs: { question: "How long is parental leave?" } },
    { name: "The same by meaning", inputs: { question: "For how many months can I take parental leave?" } },
    { name: "Near, but denied", inputs: { question: "How long is parental leave not?" } },
  ],
  zh: [
    { name: "年假", inputs: { question: "每年有多少天年假？" } },
    { name: "再次提问", inputs: { question: "每年有多少天年假" } },
    { name: "在家办公", inputs: { question: "可以在家办公吗？" } },
    { name: "含义相同", inputs: { question: "能不能居家办公？" } },
    { name: "相近但否定", inputs: { question: "不可以在家办公吗？" } },
  ],
} as const;
