import { z } from "zod";
import { conversationLimits } from "@/runtime/node/conversation";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import * as port from "@/runtime/node/port";
import { recall } from "../lib/conversation/recall";
import { transcriptOf } from "../lib/conversation/transcript";
import { chatModel } from "../lib/model-fields";

const config = z.object({
  remember: z
    .enum(["messages", "tokens", "summary"])
    .default("messages")
    .meta(
      field({
        title: { en: "Remember", zh: "记忆方式" },
        help: {
          en: "Always whole turns: a question is never without its answer.",
          zh: "始终以完整的一轮为单位：问题与其回答不会被拆开。",
        },
        control: "select",
        group: "main",
        options: {
          messages: { en: "The last messages", zh: "最近的消息" },
          tokens: { en: "As many as fit into so many tokens", zh: "在限定的 token 数内尽量多" },
          summary: { en: "The last messages, and a summary of the earlier ones", zh: "最近的消息，以及更早内容的摘要" },
        },
      }),
    ),
  messages: z
    .int()
    .min(2)
    .max(conversationLimits.messages)
    .default(20)
    .meta(
      field({
        title: { en: "Messages", zh: "消息数" },
        help: {
          en: "Two a turn: what the user said and what was answered. An odd number is rounded down.",
          zh: "每轮两条：用户所说与所得回答。奇数向下取整。",
        },
        control: "number",
        group: "main",
      }),
    ),
  tokens: z
    .int()
    .min(50)
    .max(conversationLimits.tokens)
    .default(2_000)
    .meta(
      field({
        title: { en: "Tokens", zh: "token 数" },
        help: {
          en: "Only for the second way. Counted without the model's own vocabulary, so within a fifth or so.",
          zh: "仅用于第二种方式。不依赖具体模型的词表计算，误差约五分之一。",
        },
        control: "number",
        group: "main",
      }),
    ),
  model: chatModel.meta(
    field({
      title: { en: "Model for the summary", zh: "摘要所用模型" },
      control: "chat-model",
      group: "main",
    }),
  ),
  message: z
    .string()
    .trim()
    .max(120)
    .default("")
    .meta(
      field({
        title: { en: "Input that holds the message", zh: "存放用户消息的输入" },
        help: {
          en: "Name of the input field whose text is kept as what the user said. Empty: the first text field.",
          zh: "将哪个输入字段的文本记为用户所说。留空表示第一个文本字段。",
        },
        group: "main",
      }),
    ),
  answer: z
    .string()
    .trim()
    .max(120)
    .default("")
    .meta(
      field({
        title: { en: "Result that holds the answer", zh: "存放回答的结果" },
        help: {
          en: "Name of the result that is kept as the answer. Empty: the first that the run gives.",
          zh: "将哪个结果记为回答。留空表示运行给出的第一个结果。",
        },
        group: "main",
      }),
    ),
  masksPersonalData: z
    .boolean()
    .default(false)
    .meta(
      field({
        title: { en: "Mask personal data in what is kept", zh: "保存前遮蔽个人信息" },
        help: {
          en: "Switch it on where the pipeline masks personal data before its models: else they would read it in the earlier turns.",
          zh: "若流水线在调用模型前遮蔽个人信息，请打开：否则模型会在之前的轮次中读到它。",
        },
        control: "switch",
        group: "main",
      }),
    ),
});

export const ioConversation = defineNode({
  type: "io/conversation",
  version: 1,
  title: { en: "Conversation", zh: "会话" },
  summary: {
    en: "What was said before in the same conversation: each run of it that ends well becomes a turn that the next ones remember.",
    zh: "同一会话中之前说过的话：每次成功结束的运行成为一轮，供之后的运行记忆。",
  },
  icon: "messages-square",
  keywords: [
    "memory",
    "history",
    "chat",
    "conversation",
    "session",
    "multi-turn",
    "记忆",
    "历史",
    "会话",
    "多轮",
    "上下文",
  ],
  config,
  inputs: {},
  outputs: {
    history: port.messages({ en: "Earlier messages", zh: "历史消息" }),
    transcript: port.text({ en: "The same as text", zh: "文本形式" }),
    turn: port.number({ en: "Turn", zh: "轮次" }),
    user: port.text({ en: "User", zh: "用户" }),
  },
  conversation: ({ remember, messages, message, answer, masksPersonalData }) => ({
    message,
    answer,
    masksPersonalData,
    turns: Math.min(
      conversationLimits.turns,
      remember === "messages" ? Math.floor(messages / 2) : conversationLimits.turns,
    ),
    sinceSummary: remember === "summary",
  }),
  passes: {},
  preview: ({ remember, messages, tokens }) =>
    remember === "tokens" ? `≤ ${tokens} tokens` : `${remember} · ${messages}`,
  examples: [
    {
      name: "The first turn remembers nothing",
      config: {},
      inputs: {},
      outputs: { history: [], transcript: "", turn: 1, user: "" },
    },
    {
      name: "The last two messages of three turns",
      config: { messages: 2 },
      inputs: {},
      conversation: {
        user: "ada",
        turns: [
          { number: 1, question: "Hello", answer: "Hello, how can I help?" },
          { number: 2, question: "I am Ada.", answer: "Good to meet you, Ada." },
        ],
      },
      outputs: {
        history: [
          { role: "user", content: "I am Ada." },
          { role: "assistant", content: "Good to meet you, Ada." },
        ],
        transcript: "User: I am Ada.\nAssistant: Good to meet you, Ada.",
        turn: 3,
        user: "ada",
      },
    },
    {
      name: "在限定的 token 数内取完整的轮次",
      config: { remember: "tokens", tokens: 50 },
      inputs: {},
      conversation: {
        user: "",
        turns: [
          { number: 1, question: "很长的问题。".repeat(20), answer: "好的。" },
          { number: 2, question: "我的订单号是 17。", answer: "已记下订单 17。" },
        ],
      },
      outputs: {
        history: [
          { role: "user", content: "我的订单号是 17。" },
          { role: "assistant", content: "已记下订单 17。" },
        ],
        transcript: "用户：我的订单号是 17。\n助手：已记下订单 17。",
        turn: 3,
        user: "",
      },
    },
  ],
  run: async ({ config: settings, ctx }) => {
    const { conversation } = ctx.run;
    if (conversation === undefined) return { history: [], transcript: "", turn: 1, user: "" };
    const remembered = await recall(settings, conversation, ctx);
    return {
      history: [...remembered],
      transcript: transcriptOf(remembered),
      turn: conversation.turn,
      user: conversation.user,
    };
  },
});
