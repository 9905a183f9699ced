import type { Locale } from "@/runtime/node/localized";
import { apologySettings } from "./lib/apology-prompt";
import { drawDocument } from "./lib/draw-document";
import type { PipelineTemplate } from "./lib/pipeline-template";

const words = {
  en: { input: "Complaint", prompt: "Write a reply", output: "Reply", help: "What the customer wrote." },
  zh: { input: "投诉内容", prompt: "撰写回复", output: "回复", help: "顾客写的内容。" },
} as const;

export const firstReply: PipelineTemplate = {
  id: "first-reply",
  title: { en: "Reply to a complaint", zh: "回复投诉" },
  summary: {
    en: "A complaint goes in, the first lines of a reply come out: one prompt, three steps, ready to change. The built-in model writes one or two decent sentences; use a larger one for long or delicate cases.",
    zh: "输入一条投诉，得到回复的开头：一个提示词，三个步骤，拿来就能改。内置模型能写出一两句得体的话；较长或敏感的情况请换成更大的模型。",
  },
  category: "start",
  needs: ["chat-model"],
  slug: "first-reply",
  document: (locale: Locale) => {
    const { input, prompt, output, help } = words[locale];
    return drawDocument(
      {
        input: {
          type: "io/input",
          label: input,
          config: { fields: [{ name: "complaint", title: input, kind: "text", help, maxLength: 2000 }] },
          at: [0, 0],
        },
        prompt: { type: "prompt/chat", label: prompt, config: apologySettings(locale, "complaint"), at: [1, 0] },
        output: {
          type: "io/output",
          label: output,
          config: { outputs: [{ name: "reply", title: output }] },
          at: [2, 0],
        },
      },
      ["input.complaint > prompt.complaint", "prompt.text > output.reply"],
    );
  },
  sampleInputs: (locale: Locale) => samples[locale],
};

const samples = {
  en: [
    {
      name: "Blender",
      inputs: { complaint: "The blender smells of burning plastic whenever I switch it on. I am afraid to use it." },
    },
    { name: "Wrong amount", inputs: { complaint: "Why did you take 49 euros from my card when the order was 39?" } },
    {
      name: "Hotline",
      inputs: { complaint: "Your hotline passed me from one colleague to the next and nobody could help." },
    },
  ],
  zh: [
    { name: "空调", inputs: { complaint: "房间的空调一直不冷。" } },
    { name: "退款", inputs: { complaint: "退款还没有收到。" } },
    { name: "少一本书", inputs: { complaint: "我买了三本书，只收到两本。" } },
  ],
} as const;
