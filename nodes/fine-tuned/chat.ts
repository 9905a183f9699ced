import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { NodeFailure } from "@/runtime/node/node-failure";
import {
  checkPrompt,
  promptFields,
  promptInputs,
  promptOutputs,
  promptPasses,
  promptRequest,
  samplingFields,
} from "../lib/chat-prompt";
import { fallbackModels } from "../lib/model-fields";
import { chatHolder, libraryPrompt, noteHeldPrompt } from "../lib/prompt/held-prompt";
import { excerpt } from "../lib/readable";
import { streamReply } from "../lib/stream-reply";
import { tunedChatModel } from "../lib/tuned-model-field";

const config = z
  .object({
    prompt: libraryPrompt(chatHolder),
    model: tunedChatModel,
    ...promptFields,
    fallbacks: fallbackModels,
    ...samplingFields,
  })
  .superRefine(checkPrompt);

export const fineTunedChat = defineNode({
  type: "fine-tuned/chat",
  version: 1,
  title: { en: "Prompt a fine-tuned model", zh: "微调模型提示词" },
  summary: {
    en: "Asks a fine-tuned chat model or adapter of the registry and streams its reply; the stage decides which version answers.",
    zh: "向模型库中的微调对话模型或适配器提问并流式返回回复；由阶段决定使用哪个版本。",
  },
  icon: "flask-conical",
  keywords: ["llm", "lora", "qlora", "adapter", "registry", "chat", "fine-tuned", "微调", "适配器", "大模型", "模型库"],
  config,
  inputs: promptInputs,
  outputs: promptOutputs,
  passes: promptPasses,
  preview: ({ model, user, system }) => `${model} · ${excerpt(user || system)}`,
  examples: [
    {
      name: "Asks the version in production",
      config: { model: "tone@production", system: "Answer in our tone.", user: "{{text}}" },
      inputs: { text: "My parcel is late." },
      chatModels: { "tone@production": "gpu/qwen3-8b-tone" },
      replies: ["We are sorry, and on it."],
      outputs: { text: "We are sorry, and on it.", usage: { inputTokens: 9, outputTokens: 6 } },
    },
    {
      name: "Gives JSON that fits a schema",
      config: {
        model: "抽取@2",
        user: "提取姓名：{{文本}}",
        schema: {
          type: "object",
          properties: { name: { type: "string" } },
          required: ["name"],
          additionalProperties: false,
        },
      },
      inputs: { 文本: "我叫李雷" },
      chatModels: { "抽取@2": "gpu/extract" },
      replies: ['{"name": "李雷"}'],
      outputs: {
        text: '{"name": "李雷"}',
        json: { name: "李雷" },
        usage: { inputTokens: 2, outputTokens: 4 },
      },
    },
  ],
  async *run({ config, inputs, ctx }) {
    if (config.model === "") {
      throw new NodeFailure("registry-unknown", "The step has no model yet.", {
        hint: "Choose a registered chat model in the step's settings.",
      });
    }
    noteHeldPrompt(ctx, config.prompt);
    const { fallbacks } = config;
    const request = promptRequest(config, inputs);
    const model = await ctx.registry.chatModel(config.model);
    return yield* streamReply(ctx, { model, ...request, ...(fallbacks.length > 0 ? { fallbacks } : {}) }, config);
  },
});
