import { z } from "zod";
import { soundFormats } from "@/runtime/node/context";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { speechLimits } from "@/runtime/node/maker-limits";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { speechModel } from "../lib/model-fields";

export const speechSpeak = defineNode({
  type: "speech/speak",
  version: 1,
  title: { en: "Say a text aloud", zh: "文字转语音" },
  summary: {
    en: "Has a model say a text aloud and gives the sound as a file. It needs an endpoint with such a model.",
    zh: "让模型把文字读出来，得到一个音频文件。需要带有此类模型的端点。",
  },
  icon: "volume-2",
  keywords: ["audio", "speech", "tts", "voice", "read aloud", "say", "语音", "朗读", "合成", "配音", "播报"],
  config: z.object({
    model: speechModel,
    voice: z
      .string()
      .trim()
      .min(1)
      .max(speechLimits.voice)
      .default("alloy")
      .meta(
        field({
          title: { en: "Voice", zh: "音色" },
          help: {
            en: "As the server calls it: alloy, nova and others at OpenAI, af_heart at Kokoro. A refusal often names those that there are.",
            zh: "服务端的音色名称：OpenAI 有 alloy、nova 等，Kokoro 有 af_heart 等。名称不对时，服务端往往会列出可用的音色。",
          },
          control: "text",
          group: "main",
        }),
      ),
    format: z
      .enum(soundFormats)
      .default("mp3")
      .meta(
        field({
          title: { en: "Format", zh: "格式" },
          help: {
            en: "Where the server makes another one, that is kept and the trace says so.",
            zh: "服务端给出其他格式时会照原样保存，并在运行记录中说明。",
          },
          control: "select",
          group: "main",
          options: {
            mp3: { en: "MP3", zh: "MP3" },
            wav: { en: "WAV", zh: "WAV" },
            opus: { en: "Opus", zh: "Opus" },
            aac: { en: "AAC", zh: "AAC" },
            flac: { en: "FLAC", zh: "FLAC" },
          },
        }),
      ),
    speed: z
      .number()
      .min(speechLimits.speed.least)
      .max(speechLimits.speed.most)
      .default(1)
      .meta(
        field({
          title: { en: "Speed", zh: "语速" },
          help: { en: "1 is as the voice speaks.", zh: "1 为该音色的原速。" },
          control: "slider",
          group: "main",
          step: 0.05,
        }),
      ),
    instructions: z
      .string()
      .max(speechLimits.instructions)
      .default("")
      .meta(
        field({
          title: { en: "How to say it", zh: "朗读方式" },
          help: {
            en: "For models that can be told: calm, cheerful, slowly. Others pass over it.",
            zh: "适用于能听从要求的模型：平静、欢快、放慢等；其他模型会忽略。",
          },
          control: "multiline",
          group: "advanced",
        }),
      ),
  }),
  inputs: { text: port.text({ en: "Text", zh: "文本" }) },
  outputs: {
    audio: port.audio({ en: "Sound", zh: "音频" }),
    cost: port.maybe(port.number({ en: "Cost (US$)", zh: "费用（美元）" })),
  },
  preview: ({ model, voice, format }) => `${model} · ${voice} · ${format}`,
  examples: [
    {
      name: "Reads an answer aloud",
      config: { voice: "nova" },
      inputs: { text: "Your parcel arrives tomorrow." },
      sayings: [{ sound: { mediaType: "audio/mpeg", extension: "mp3", bytes: Uint8Array.of(1, 2, 3, 4) }, notes: [] }],
      outputs: {
        audio: { fileId: "file_scripted000000000001", name: "speech.mp3", mediaType: "audio/mpeg", size: 4 },
      },
    },
    {
      name: "Keeps what a server makes in place of the format",
      config: { voice: "zf_xiaobei", format: "mp3", speed: 1.2 },
      inputs: { text: "您的包裹明天送达。" },
      sayings: [
        {
          sound: { mediaType: "audio/wav", extension: "wav", bytes: Uint8Array.of(1, 2) },
          notes: ["The server answered with wav where mp3 was asked for; it is kept as what it is."],
        },
      ],
      outputs: { audio: { fileId: "file_scripted000000000001", name: "speech.wav", mediaType: "audio/wav", size: 2 } },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const text = inputs.text.trim();
    if (text === "")
      throw new NodeFailure("value-invalid", "There is nothing to say: the text is empty.", {
        hint: "Lead empty texts another way, with a branch before this step.",
      });
    const { sound, notes, costMicroUsd } = await ctx.model.speak({
      model: config.model,
      text,
      voice: config.voice,
      format: config.format,
      ...(config.speed === 1 ? {} : { speed: config.speed }),
      ...(config.instructions.trim() === "" ? {} : { instructions: config.instructions }),
    });
    for (const note of notes) ctx.log("warn", note);
    const { bytes, mediaType, extension } = sound;
    const audio = await ctx.files.store({ name: `speech.${extension}`, mediaType, bytes });
    return { audio, ...(costMicroUsd === null ? {} : { cost: costMicroUsd / 1_000_000 }) };
  },
});
