import { z } from "zod";
import { defineNode, type FileKind, type InputField, isFileKind } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { acceptShape, usualTypes } from "@/runtime/node/file-accept";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { variableName } from "../lib/variable-name";

export const inputLimits = { fields: 32, textLength: 200_000, options: 100, fileTypes: 32 } as const;

const megabyte = 1024 * 1024;
/** Megabytes: what the store takes of each kind, and what a field takes that says nothing. */
const most: Readonly<Record<FileKind, number>> = { image: 20, audio: 100, file: 100 };
const usual: Readonly<Record<FileKind, number>> = { image: 10, audio: 50, file: 20 };

const inputField = z
  .object({
    name: variableName.meta(
      field({
        title: { en: "Name", zh: "名称" },
        help: { en: "How prompts and callers refer to it.", zh: "提示词和调用方用这个名称引用它。" },
      }),
    ),
    title: z
      .string()
      .trim()
      .max(120)
      .default("")
      .meta(
        field({
          title: { en: "Title", zh: "标题" },
          help: { en: "Shown in the form; the name where empty.", zh: "显示在表单中；留空则用名称。" },
        }),
      ),
    kind: z
      .enum(["text", "number", "choice", "json", "image", "audio", "file"])
      .default("text")
      .meta(
        field({
          title: { en: "Type", zh: "类型" },
          control: "select",
          options: {
            text: { en: "Text", zh: "文本" },
            number: { en: "Number", zh: "数字" },
            choice: { en: "Choice", zh: "选项" },
            json: { en: "JSON", zh: "JSON" },
            image: { en: "Image", zh: "图片" },
            audio: { en: "Audio", zh: "音频" },
            file: { en: "File", zh: "文件" },
          },
        }),
      ),
    required: z
      .boolean()
      .default(true)
      .meta(field({ title: { en: "Required", zh: "必填" }, control: "switch" })),
    help: z
      .string()
      .trim()
      .max(500)
      .default("")
      .meta(field({ title: { en: "Help", zh: "说明" } })),
    maxLength: z
      .int()
      .min(1)
      .max(inputLimits.textLength)
      .default(10_000)
      .meta(field({ title: { en: "Most characters", zh: "最多字符数" }, unit: { en: "characters", zh: "字符" } })),
    minimum: z
      .number()
      .optional()
      .meta(field({ title: { en: "At least", zh: "最小值" } })),
    maximum: z
      .number()
      .optional()
      .meta(field({ title: { en: "At most", zh: "最大值" } })),
    options: z
      .array(z.string().trim().min(1).max(200))
      .max(inputLimits.options)
      .default([])
      .meta(field({ title: { en: "Choices", zh: "可选项" }, control: "string-list" })),
    maxMegabytes: z
      .int()
      .min(1)
      .max(Math.max(...Object.values(most)))
      .optional()
      .meta(
        field({
          title: { en: "Largest file", zh: "文件大小上限" },
          help: {
            en: "10 MB for an image, 50 for audio and 20 for a file where empty.",
            zh: "留空时：图片 10 MB，音频 50 MB，文件 20 MB。",
          },
          unit: { en: "MB", zh: "MB" },
        }),
      ),
    accept: z
      .array(
        z
          .string()
          .trim()
          .toLowerCase()
          .max(100)
          .regex(acceptShape, "Write a media type such as application/pdf or text/*, or an extension such as .pdf."),
      )
      .max(inputLimits.fileTypes)
      .default([])
      .meta(
        field({
          title: { en: "Accepted types", zh: "接受的类型" },
          help: {
            en: "Media types or extensions, such as image/png or .pdf. Where empty: the usual images, any audio, or any file.",
            zh: "媒体类型或扩展名，例如 image/png 或 .pdf。留空则接受：常见图片、任意音频或任意文件。",
          },
          control: "string-list",
        }),
      ),
    default: z
      .json()
      .optional()
      .meta(
        field({
          title: { en: "Default", zh: "默认值" },
          help: { en: "Taken when the caller leaves the field out.", zh: "调用方没有填写时使用。" },
        }),
      ),
  })
  .superRefine((declared, context) => {
    const issue = (message: string, path: keyof typeof declared) =>
      context.addIssue({ code: "custom", message, path: [path] });
    const { kind, minimum, maximum, options, maxMegabytes, default: initial } = declared;
    if (isFileKind(kind) && maxMegabytes !== undefined && maxMegabytes > most[kind]) {
      issue(`At most ${most[kind]} MB can be stored.`, "maxMegabytes");
    }
    if (kind === "choice" && options.length === 0) issue("Give at least one choice.", "options");
    if (kind === "choice" && new Set(options).size < options.length) issue("Two choices are the same.", "options");
    if (kind === "number" && minimum !== undefined && maximum !== undefined && minimum > maximum) {
      issue("The least number is above the greatest.", "minimum");
    }
    const problem = initial === undefined || initial === null ? null : defaultProblem(declared, initial);
    if (problem) issue(problem, "default");
  });
type Declared = z.output<typeof inputField>;

const defaultProblem = ({ kind, maxLength, minimum, maximum, options }: Declared, value: unknown): string | null => {
  switch (kind) {
    case "text":
      if (typeof value !== "string") return "The default must be a text.";
      return value.length > maxLength ? "The default is longer than the most characters." : null;
    case "number":
      if (typeof value !== "number") return "The default must be a number.";
      return value < (minimum ?? -Infinity) || value > (maximum ?? Infinity) ? "The default is out of range." : null;
    case "choice":
      return options.includes(value as string) ? null : "The default must be one of the choices.";
    case "json":
      return null;
    case "image":
    case "audio":
    case "file":
      return "A file has no default.";
    default:
      return kind satisfies never;
  }
};

const asBoundary = (declared: Declared): InputField => {
  const { name, title, kind, required, help, maxLength, minimum, maximum, options, accept } = declared;
  const initial = declared.default ?? undefined;
  return {
    name,
    title: title || name,
    kind,
    required: required && initial === undefined,
    ...(help ? { help } : {}),
    ...(kind === "text" ? { maxLength } : {}),
    ...(kind === "number" && minimum !== undefined ? { minimum } : {}),
    ...(kind === "number" && maximum !== undefined ? { maximum } : {}),
    ...(kind === "choice" ? { options } : {}),
    ...(isFileKind(kind) ? { maxBytes: (declared.maxMegabytes ?? usual[kind]) * megabyte } : {}),
    ...(isFileKind(kind) ? { accept: accept.length > 0 ? accept : usualTypes(kind) } : {}),
    ...(initial === undefined ? {} : { default: initial }),
  };
};

const asPort = (declared: Declared): port.Port => {
  const label = declared.title ? { en: declared.title, zh: declared.title } : undefined;
  const kinds = {
    text: port.text,
    choice: port.text,
    number: port.number,
    json: (of: typeof label) => port.json(z.unknown(), of),
    image: port.image,
    audio: port.audio,
    file: port.file,
  } as const;
  const made: port.Port = kinds[declared.kind](label);
  return { ...made, optional: mayBeAbsent(declared) };
};

/** Texts and choices have an honest empty value; a number, a JSON value or a file that nobody gave is not delivered at all. */
const mayBeAbsent = ({ kind, required, default: initial }: Declared): boolean =>
  !required && (initial ?? undefined) === undefined && kind !== "text" && kind !== "choice";

const examplePhoto = { fileId: "file_dishwasher-display", name: "display.jpg", mediaType: "image/jpeg", size: 84_213 };

export const ioInput = defineNode({
  type: "io/input",
  version: 1,
  title: { en: "Input", zh: "输入" },
  summary: {
    en: "What the caller gives the pipeline: a form of named, typed fields.",
    zh: "调用方交给流水线的内容：一张由有名称、有类型的字段组成的表单。",
  },
  icon: "log-in",
  keywords: [
    "form",
    "question",
    "parameter",
    "start",
    "upload",
    "image",
    "audio",
    "file",
    "表单",
    "问题",
    "参数",
    "开始",
    "上传",
    "图片",
    "音频",
    "文件",
  ],
  config: z
    .object({
      fields: z
        .array(inputField)
        .min(1)
        .max(inputLimits.fields)
        .default([inputField.parse({ name: "text" })])
        .meta(
          field({
            title: { en: "Fields", zh: "字段" },
            help: {
              en: "Each field is an output of this step. An optional text that is left out is empty; an optional number, JSON or file that is left out is not sent on.",
              zh: "每个字段都是此步骤的一个输出。未填写的选填文本为空；未填写的选填数字、JSON 或文件不会向下传递。",
            },
            control: "input-fields",
            group: "main",
          }),
        ),
    })
    .superRefine(({ fields }, context) => {
      const seen = new Set<string>();
      for (const [index, { name }] of fields.entries()) {
        if (seen.has(name)) {
          context.addIssue({
            code: "custom",
            message: `Two fields are called "${name}".`,
            path: ["fields", index, "name"],
          });
        }
        seen.add(name);
      }
    }),
  inputs: {},
  outputs: ({ fields }): port.Ports => Object.fromEntries(fields.map((declared) => [declared.name, asPort(declared)])),
  boundary: { kind: "input", fields: ({ fields }) => fields.map(asBoundary) },
  preview: ({ fields }) => fields.map(({ name, title }) => title || name).join(", "),
  examples: [
    {
      name: "A required text",
      config: { fields: [{ name: "complaint", title: "Complaint", maxLength: 4000 }] },
      inputs: {},
      runInputs: { complaint: "The parcel came late." },
      outputs: { complaint: "The parcel came late." },
    },
    {
      name: "A default and an optional field left out",
      config: {
        fields: [
          { name: "语气", kind: "choice", options: ["礼貌", "正式"], default: "礼貌" },
          { name: "note", required: false },
          { name: "amount", kind: "number", required: false, minimum: 0 },
        ],
      },
      inputs: {},
      runInputs: {},
      outputs: { 语气: "礼貌", note: "" },
    },
    {
      name: "A photo with a question",
      config: {
        fields: [
          { name: "photo", title: "Photo", kind: "image", maxMegabytes: 8 },
          { name: "question", title: "Question" },
        ],
      },
      inputs: {},
      runInputs: { photo: examplePhoto, question: "What does the error code mean?" },
      outputs: { photo: examplePhoto, question: "What does the error code mean?" },
    },
  ],
  run: async ({ config, ctx }) => {
    const given = ctx.run.inputs;
    const outputs: Record<string, unknown> = {};
    for (const declared of config.fields) {
      const sent = Object.hasOwn(given, declared.name) ? given[declared.name] : undefined;
      const value = sent ?? declared.default ?? undefined;
      if (value !== undefined) outputs[declared.name] = value;
      else if (declared.required) {
        throw new NodeFailure("input-invalid", `The input "${declared.title || declared.name}" is missing.`);
      } else if (!mayBeAbsent(declared)) outputs[declared.name] = "";
    }
    return outputs;
  },
});
