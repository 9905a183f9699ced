import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { fileReference } from "@/runtime/node/file-reference";
import * as port from "@/runtime/node/port";
import { imageTokens } from "../lib/image-tokens";
import { fallbackModels, maxTokens, seed, temperature, visionModel } from "../lib/model-fields";
import { chatHolder, libraryPrompt, noteHeldPrompt } from "../lib/prompt/held-prompt";
import { excerpt } from "../lib/readable";
import { replyPolicyFields } from "../lib/reply-policy";
import { replySchema } from "../lib/reply-schema";
import { replyOutputs, streamReply } from "../lib/stream-reply";
import { renderTemplate, templateLimits } from "../lib/template";
import { checkVariables, templatePorts } from "../lib/template-ports";

/** Longer edge in pixels. The last keeps all but pictures that no model takes. */
const longestEdges = { low: 512, medium: 1024, high: 2048, original: 8192 } as const;

const config = z
  .object({
    prompt: libraryPrompt({ ...chatHolder, into: { system: "system", user: "question" }, settings: [] }),
    model: visionModel,
    question: z
      .string()
      .trim()
      .min(1)
      .max(templateLimits.length)
      .default("Describe this picture.")
      .meta(
        field({
          title: { en: "Question", zh: "问题" },
          help: {
            en: "What to find out about the picture. Every {{variable}} becomes an input.",
            zh: "想从图片中了解什么。每个 {{变量}} 都会成为一个输入。",
          },
          control: "template",
          group: "main",
        }),
      ),
    system: z
      .string()
      .max(templateLimits.length)
      .default("")
      .meta(
        field({
          title: { en: "Instructions", zh: "系统指令" },
          help: {
            en: "Who the model is and what it must keep to.",
            zh: "模型的身份与须遵守的要求。",
          },
          control: "template",
          group: "main",
        }),
      ),
    detail: z
      .enum(["low", "medium", "high", "original"])
      .default("medium")
      .meta(
        field({
          title: { en: "Detail", zh: "清晰度" },
          help: {
            en: "Larger pictures are shrunk before they are sent: fewer pixels are fewer tokens, but small print is lost. The output “saving” says how much.",
            zh: "发送前会缩小过大的图片：像素越少，token 越少，但小字可能看不清。节省了多少由 “saving” 输出给出。",
          },
          control: "select",
          group: "main",
          options: {
            low: { en: "Low, 512 pixels", zh: "低，512 像素" },
            medium: { en: "Medium, 1024 pixels", zh: "中，1024 像素" },
            high: { en: "High, 2048 pixels", zh: "高，2048 像素" },
            original: { en: "As it is", zh: "原图" },
          },
        }),
      ),
    temperature: temperature(0.2),
    maxTokens: maxTokens(1024),
    schema: replySchema,
    fallbacks: fallbackModels,
    ...replyPolicyFields,
    seed,
  })
  .superRefine(({ question, system }, context) => checkVariables({ system, question }, ["image"], context));

const size = z.object({ width: z.int(), height: z.int(), pixels: z.int(), tokens: z.int() });
const saving = z.object({
  before: size,
  after: size,
  /** Of the estimated tokens, 0 to 1. */
  share: z.number(),
});

const outputs = {
  ...replyOutputs,
  saving: port.json(saving, { en: "Saving", zh: "节省" }),
};
const { json: _, ...plainOutputs } = outputs;

export const visionDescribe = defineNode({
  type: "vision/describe",
  version: 1,
  title: { en: "Look at a picture", zh: "看图回答" },
  summary: {
    en: "Asks a model that sees about a picture, and streams its answer as text or as checked JSON.",
    zh: "就一张图片向视觉模型提问，流式返回文本或经过校验的 JSON。",
  },
  icon: "image",
  keywords: ["image", "photo", "vision", "vlm", "ocr", "caption", "describe", "图片", "照片", "视觉", "识别", "描述"],
  config,
  inputs: ({ question, system }): port.Ports => ({
    ...templatePorts(system, question),
    image: port.image({ en: "Picture", zh: "图片" }),
  }),
  // The port stands on the card only where a schema is set; its type stays, as an output that may be left out.
  outputs: ({ schema }) => (schema === null ? (plainOutputs as typeof outputs) : outputs),
  preview: ({ model, question }) => `${model} · ${excerpt(question)}`,
  passes: {},
  examples: [
    {
      name: "Answers a question about a photo",
      config: { question: "{{question}}", detail: "low" },
      inputs: {
        image: { fileId: "file_washing_machine_1", name: "washer.jpg", mediaType: "image/jpeg", size: 1_800_000 },
        question: "Which error code does the display show?",
      },
      files: { file_washing_machine_1: { mediaType: "image/jpeg", base64: "", width: 4000, height: 3000 } },
      replies: ["The display shows E18."],
      outputs: {
        text: "The display shows E18.",
        usage: { inputTokens: 10, outputTokens: 6 },
        saving: {
          before: { width: 4000, height: 3000, pixels: 12_000_000, tokens: 15_303 },
          after: { width: 512, height: 384, pixels: 196_608, tokens: 254 },
          share: 0.983,
        },
      },
    },
    {
      name: "Fills in a form from a picture",
      config: {
        question: "这张质检照片里有什么缺陷？",
        schema: {
          type: "object",
          properties: { defect: { type: "string" }, severe: { type: "boolean" } },
          required: ["defect", "severe"],
          additionalProperties: false,
        },
      },
      inputs: { image: { fileId: "file_metal_plate_00001", name: "plate.png", mediaType: "image/png", size: 400_000 } },
      files: { file_metal_plate_00001: { mediaType: "image/png", base64: "", width: 800, height: 600 } },
      replies: ['{"defect": "划痕", "severe": false}'],
      outputs: {
        text: '{"defect": "划痕", "severe": false}',
        json: { defect: "划痕", severe: false },
        usage: { inputTokens: 3, outputTokens: 8 },
        saving: {
          before: { width: 800, height: 600, pixels: 480_000, tokens: 611 },
          after: { width: 800, height: 600, pixels: 480_000, tokens: 611 },
          share: 0,
        },
      },
    },
  ],
  async *run({ config, inputs, ctx }) {
    noteHeldPrompt(ctx, config.prompt);
    const shrunk = await ctx.files.shrinkImage(fileReference.parse(inputs.image), longestEdges[config.detail]);
    const system = renderTemplate(config.system, inputs);
    const content = renderTemplate(config.question, inputs);
    const reply = yield* streamReply(
      ctx,
      {
        model: config.model,
        messages: [
          ...(system.trim() === "" ? [] : [{ role: "system" as const, content: system }]),
          { role: "user", content, images: [shrunk.image] },
        ],
        temperature: config.temperature,
        maxTokens: config.maxTokens,
        ...(config.fallbacks.length > 0 ? { fallbacks: config.fallbacks } : {}),
        ...(config.seed === undefined ? {} : { seed: config.seed }),
        ...(config.schema ? { responseSchema: config.schema } : {}),
      },
      config,
    );
    return { ...reply, saving: savingOf(shrunk.original, shrunk) };
  },
});

type Edges = Pick<z.output<typeof size>, "width" | "height">;

const savingOf = (original: Edges, shrunk: Edges): z.output<typeof saving> => {
  const [before, after] = [measure(original), measure(shrunk)];
  return { before, after, share: Math.round((1 - after.tokens / before.tokens) * 1000) / 1000 };
};

const measure = ({ width, height }: Edges) => ({
  width,
  height,
  pixels: width * height,
  tokens: imageTokens({ width, height }),
});
