import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { fileReference } from "@/runtime/node/file-reference";
import { drawLimits } from "@/runtime/node/maker-limits";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { pictureModel, seed } from "../lib/model-fields";
import { excerpt } from "../lib/readable";
import { renderTemplate, templateLimits } from "../lib/template";
import { checkVariables, templatePorts } from "../lib/template-ports";

const config = z
  .object({
    model: pictureModel,
    prompt: z
      .string()
      .trim()
      .min(1)
      .max(templateLimits.length)
      .default("{{description}}")
      .meta(
        field({
          title: { en: "Prompt", zh: "提示词" },
          help: {
            en: "What the picture shows. Every {{variable}} becomes an input.",
            zh: "图片的内容。每个 {{变量}} 都会成为一个输入。",
          },
          control: "template",
          group: "main",
        }),
      ),
    task: z
      .enum(["new", "change"])
      .default("new")
      .meta(
        field({
          title: { en: "What to do", zh: "任务" },
          help: {
            en: "A change takes a picture, and a mask if only a part of it is to change: a PNG as large, transparent where the picture may change.",
            zh: "修改需要接入一张图片；只改一部分时再接入蒙版：同样大小的 PNG，透明处会被修改。",
          },
          control: "select",
          group: "main",
          options: {
            new: { en: "Make a new picture", zh: "生成新图片" },
            change: { en: "Change a picture", zh: "修改图片" },
          },
        }),
      ),
    size: z
      .string()
      .trim()
      .regex(
        /^(?:|auto|[1-9]\d{1,4}x[1-9]\d{1,4})$/,
        "Write a size as 1024x1024, or auto; leave it empty for the model's own.",
      )
      .default("")
      .meta(
        field({
          title: { en: "Size", zh: "尺寸" },
          help: {
            en: "Width and height in pixels. Which are taken depends on the model; a refusal names them. Empty: the model's own.",
            zh: "宽 x 高（像素）。可用尺寸由模型决定，被拒绝时会列出。留空：使用模型的默认值。",
          },
          placeholder: { en: "1024x1024", zh: "1024x1024" },
          control: "text",
          group: "main",
        }),
      ),
    count: z
      .int()
      .min(1)
      .max(drawLimits.pictures)
      .default(1)
      .meta(
        field({
          title: { en: "Pictures", zh: "张数" },
          help: {
            en: "A model that makes one at a time is asked so often. Each one costs.",
            zh: "一次只能生成一张的模型会被多次调用。每一张都会计费。",
          },
          control: "number",
          group: "main",
        }),
      ),
    quality: z
      .enum(["model", "low", "medium", "high", "standard", "hd"])
      .default("model")
      .meta(
        field({
          title: { en: "Quality", zh: "质量" },
          help: {
            en: "Better takes longer and costs more. Which are taken depends on the model.",
            zh: "质量越高，耗时越长、费用越高。可用的取值由模型决定。",
          },
          control: "select",
          group: "main",
          options: {
            model: { en: "The model's own", zh: "模型默认" },
            low: { en: "Low", zh: "低" },
            medium: { en: "Medium", zh: "中" },
            high: { en: "High", zh: "高" },
            standard: { en: "Standard (dall-e-3)", zh: "标准（dall-e-3）" },
            hd: { en: "HD (dall-e-3)", zh: "高清（dall-e-3）" },
          },
        }),
      ),
    seed,
  })
  .superRefine(({ prompt }, context) => checkVariables({ prompt }, ["image", "mask"], context));

const outputs = {
  image: port.image({ en: "Picture", zh: "图片" }),
  images: port.json(z.array(fileReference).max(drawLimits.pictures), { en: "All pictures", zh: "全部图片" }),
  revisedPrompt: port.maybe(port.text({ en: "Prompt as the model read it", zh: "模型改写的提示词" })),
  cost: port.maybe(port.number({ en: "Cost (US$)", zh: "费用（美元）" })),
};

export const visionGenerate = defineNode({
  type: "vision/generate",
  version: 1,
  title: { en: "Make a picture", zh: "生成图片" },
  summary: {
    en: "Has a model make pictures from a prompt, or change one within a mask. It needs an endpoint with such a model.",
    zh: "让模型按提示词生成图片，或在蒙版内修改图片。需要带有此类模型的端点。",
  },
  icon: "image-plus",
  keywords: [
    "image",
    "picture",
    "generate",
    "draw",
    "dall-e",
    "edit",
    "inpaint",
    "图片",
    "生成",
    "绘图",
    "文生图",
    "修图",
  ],
  config,
  inputs: ({ prompt, task }): port.Ports => ({
    ...templatePorts(prompt),
    ...(task === "change"
      ? {
          image: port.image({ en: "Picture to change", zh: "要修改的图片" }),
          mask: port.maybe(port.image({ en: "Mask", zh: "蒙版" })),
        }
      : {}),
  }),
  outputs,
  preview: ({ model, prompt }) => `${model} · ${excerpt(prompt)}`,
  examples: [
    {
      name: "Makes a picture for an advertisement",
      config: { prompt: "A product photo of {{product}}, on white.", size: "1024x1024" },
      inputs: { product: "a steel kettle" },
      drawings: [
        {
          pictures: [{ mediaType: "image/png", extension: "png", bytes: Uint8Array.of(1, 2, 3) }],
          revisedPrompt: "A studio photo of a polished steel kettle on a white background.",
          notes: [],
        },
      ],
      outputs: {
        image: { fileId: "file_scripted000000000001", name: "picture-1.png", mediaType: "image/png", size: 3 },
        images: [{ fileId: "file_scripted000000000001", name: "picture-1.png", mediaType: "image/png", size: 3 }],
        revisedPrompt: "A studio photo of a polished steel kettle on a white background.",
      },
    },
    {
      name: "Changes a part of a picture",
      config: { prompt: "把窗外换成雪景", task: "change" },
      inputs: {
        image: { fileId: "file_living_room_00001", name: "房间.png", mediaType: "image/png", size: 400_000 },
        mask: { fileId: "file_window_mask_00001", name: "蒙版.png", mediaType: "image/png", size: 9_000 },
      },
      drawings: [
        {
          pictures: [{ mediaType: "image/webp", extension: "webp", bytes: Uint8Array.of(1, 2) }],
          revisedPrompt: null,
          notes: [],
        },
      ],
      outputs: {
        image: { fileId: "file_scripted000000000001", name: "picture-1.webp", mediaType: "image/webp", size: 2 },
        images: [{ fileId: "file_scripted000000000001", name: "picture-1.webp", mediaType: "image/webp", size: 2 }],
      },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    const prompt = renderTemplate(config.prompt, inputs).trim();
    if (prompt === "") throw new NodeFailure("value-invalid", "The prompt is empty.", { hint: "Say what to show." });
    if (prompt.length > drawLimits.prompt) {
      const message = `A prompt of ${prompt.length} characters is too long: ${drawLimits.prompt} at most.`;
      throw new NodeFailure("value-too-large", message, { hint: "Shorten what is wired into it." });
    }
    const { image, mask } = inputs as Readonly<Record<string, unknown>>;
    const reply = await ctx.model.draw({
      model: config.model,
      prompt,
      count: config.count,
      ...(config.size === "" ? {} : { size: config.size }),
      ...(config.quality === "model" ? {} : { quality: config.quality }),
      ...(config.seed === undefined ? {} : { seed: config.seed }),
      ...(config.task === "change" ? { image: fileReference.parse(image) } : {}),
      ...(config.task === "change" && mask !== undefined ? { mask: fileReference.parse(mask) } : {}),
    });
    for (const note of reply.notes) ctx.log("warn", note);
    const images = [];
    for (const [place, { bytes, mediaType, extension }] of reply.pictures.entries()) {
      images.push(await ctx.files.store({ name: `picture-${place + 1}.${extension}`, mediaType, bytes }));
    }
    const [first] = images;
    if (first === undefined) throw new NodeFailure("reply-empty", "The model made no picture.");
    return {
      image: first,
      images,
      ...(reply.revisedPrompt === null ? {} : { revisedPrompt: reply.revisedPrompt }),
      ...(reply.costMicroUsd === null ? {} : { cost: reply.costMicroUsd / 1_000_000 }),
    };
  },
});
