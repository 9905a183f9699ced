import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import {
  checkPrompt,
  promptFields,
  promptInputs,
  promptOutputs,
  promptPasses,
  promptRequest,
  samplingFields,
} from "../lib/chat-prompt";
import { chatModel, fallbackModels } from "../lib/model-fields";
import { chatHolder, libraryPrompt, noteHeldPrompt } from "../lib/prompt/held-prompt";
import { excerpt } from "../lib/readable";
import { streamReply } from "../lib/stream-reply";

const config = z
  .object({
    prompt: libraryPrompt({ ...chatHolder, settings: ["model", ...chatHolder.settings] }),
    model: chatModel,
    ...promptFields,
    fallbacks: fallbackModels,
    ...samplingFields,
  })
  .superRefine(checkPrompt);

export const promptChat = defineNode({
  type: "prompt/chat",
  version: 1,
  title: { en: "Prompt", zh: "提示词" },
  summary: {
    en: "Asks a language model and streams its reply, as text or as checked JSON.",
    zh: "向语言模型提问并流式返回回复，可为文本或经过校验的 JSON。",
  },
  icon: "message-square-text",
  keywords: [
    "llm",
    "chat",
    "model",
    "completion",
    "gpt",
    "few-shot",
    "json",
    "translate",
    "translation",
    "summarize",
    "summarise",
    "summary",
    "rewrite",
    "write",
    "extract",
    "answer",
    "大模型",
    "对话",
    "问答",
    "生成",
    "翻译",
    "总结",
    "摘要",
    "改写",
    "写作",
    "提取",
  ],
  config,
  inputs: promptInputs,
  outputs: promptOutputs,
  passes: promptPasses,
  preview: ({ model, user, system }) => `${model} · ${excerpt(user || system)}`,
  examples: [
    {
      name: "Answers a question",
      config: { system: "Answer in one word.", user: "Capital of {{country}}?" },
      inputs: { country: "France" },
      replies: ["Paris"],
      outputs: { text: "Paris", usage: { inputTokens: 9, outputTokens: 1 } },
    },
    {
      name: "Gives JSON that fits a schema",
      config: {
        user: "提取姓名：{{文本}}",
        schema: {
          type: "object",
          properties: { name: { type: "string" } },
          required: ["name"],
          additionalProperties: false,
        },
      },
      inputs: { 文本: "我叫李雷" },
      replies: ['```json\n{"name": "李雷"}\n```'],
      outputs: {
        text: '```json\n{"name": "李雷"}\n```',
        json: { name: "李雷" },
        usage: { inputTokens: 2, outputTokens: 7 },
      },
    },
  ],
  async *run({ config, inputs, ctx }) {
    noteHeldPrompt(ctx, config.prompt);
    const { model, fallbacks } = config;
    const request = { model, ...promptRequest(config, inputs), ...(fallbacks.length > 0 ? { fallbacks } : {}) };
    return yield* streamReply(ctx, request, config);
  },
});
