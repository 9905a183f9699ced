import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import * as port from "@/runtime/node/port";
import { transcriptionModel } from "../lib/model-fields";

const languages = {
  auto: { en: "Recognise it", zh: "自动识别" },
  zh: { en: "Chinese", zh: "中文" },
  en: { en: "English", zh: "英语" },
  ja: { en: "Japanese", zh: "日语" },
  ko: { en: "Korean", zh: "韩语" },
  fr: { en: "French", zh: "法语" },
  de: { en: "German", zh: "德语" },
  es: { en: "Spanish", zh: "西班牙语" },
  pt: { en: "Portuguese", zh: "葡萄牙语" },
  it: { en: "Italian", zh: "意大利语" },
  nl: { en: "Dutch", zh: "荷兰语" },
  pl: { en: "Polish", zh: "波兰语" },
  ru: { en: "Russian", zh: "俄语" },
  tr: { en: "Turkish", zh: "土耳其语" },
  ar: { en: "Arabic", zh: "阿拉伯语" },
  hi: { en: "Hindi", zh: "印地语" },
  th: { en: "Thai", zh: "泰语" },
  vi: { en: "Vietnamese", zh: "越南语" },
  id: { en: "Indonesian", zh: "印尼语" },
} as const;
type Language = keyof typeof languages;
const languageCodes = Object.keys(languages) as [Language, ...Language[]];

const segment = z.object({ start: z.number(), end: z.number(), text: z.string() });

export const speechTranscribe = defineNode({
  type: "speech/transcribe",
  version: 1,
  title: { en: "Write down speech", zh: "语音转文字" },
  summary: {
    en: "Turns a recording into text with times; where nobody speaks, “silent” is taken in place of “text”.",
    zh: "把录音转成带时间的文字；没有人说话时走 “silent” 而不是 “text”。",
  },
  icon: "mic",
  keywords: ["audio", "speech", "whisper", "asr", "stt", "transcript", "voice", "语音", "录音", "转写", "听写", "字幕"],
  config: z.object({
    model: transcriptionModel,
    language: z
      .enum(languageCodes)
      .default("auto")
      .meta(
        field({
          title: { en: "Language", zh: "语言" },
          help: {
            en: "Naming the language helps where the recording is short or noisy.",
            zh: "录音较短或嘈杂时，指定语言会更准确。",
          },
          control: "select",
          group: "main",
          options: languages,
        }),
      ),
    prompt: z
      .string()
      .max(1000)
      .default("")
      .meta(
        field({
          title: { en: "Words to expect", zh: "可能出现的词" },
          help: {
            en: "Names and terms that occur in the recording, so that they are spelt right.",
            zh: "录音中会出现的人名和术语，有助于写对它们。",
          },
          control: "multiline",
          group: "main",
        }),
      ),
  }),
  inputs: { audio: port.audio({ en: "Recording", zh: "录音" }) },
  outputs: {
    text: port.maybe(port.text({ en: "Text", zh: "文本" })),
    segments: port.json(z.array(segment), { en: "Segments", zh: "片段" }),
    language: port.maybe(port.text({ en: "Language", zh: "语言" })),
    duration: port.maybe(port.number({ en: "Seconds", zh: "时长（秒）" })),
    silent: port.maybe(port.boolean({ en: "Silent", zh: "无人说话" })),
    cost: port.maybe(port.number({ en: "Cost (US$)", zh: "费用（美元）" })),
  },
  preview: ({ model, language }) => (language === "auto" ? model : `${model} · ${language}`),
  examples: [
    {
      name: "Writes down a question",
      config: { language: "en", prompt: "Pipewright" },
      inputs: {
        audio: { fileId: "file_spoken_question_1", name: "question.wav", mediaType: "audio/wav", size: 96_044 },
      },
      transcripts: [
        {
          text: "How do I descale the kettle?",
          language: "en",
          durationSeconds: 3,
          segments: [{ start: 0.4, end: 2.6, text: "How do I descale the kettle?" }],
        },
      ],
      outputs: {
        text: "How do I descale the kettle?",
        segments: [{ start: 0.4, end: 2.6, text: "How do I descale the kettle?" }],
        language: "en",
        duration: 3,
      },
    },
    {
      name: "Takes another way where nobody speaks",
      config: {},
      inputs: { audio: { fileId: "file_silent_recording", name: "空.wav", mediaType: "audio/wav", size: 64_044 } },
      transcripts: [{ text: "", language: null, durationSeconds: 2, segments: [] }],
      outputs: { segments: [], duration: 2, silent: true },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const { text, segments, language, durationSeconds, costMicroUsd } = await ctx.model.transcribe({
      model: config.model,
      audio: inputs.audio,
      ...(config.language === "auto" ? {} : { language: config.language }),
      ...(config.prompt.trim() === "" ? {} : { prompt: config.prompt }),
    });
    return {
      ...(text.trim() === "" ? { silent: true } : { text }),
      segments: [...segments],
      // What the endpoint did not say is left out.
      ...(language === null ? {} : { language }),
      ...(durationSeconds === null ? {} : { duration: durationSeconds }),
      ...(costMicroUsd === null ? {} : { cost: costMicroUsd / 1_000_000 }),
    };
  },
});
