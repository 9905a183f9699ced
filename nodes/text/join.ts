import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import { NodeFailure } from "@/runtime/node/node-failure";
import * as port from "@/runtime/node/port";
import { excerpt, readable } from "../lib/readable";
import { renderTemplate, templateVariables } from "../lib/template";
import { TextRoom } from "../lib/text-room";

export const joinLimits = { inputs: 20, texts: 10_000 } as const;

const separators = {
  line: { en: "New line", zh: "换行" },
  paragraph: { en: "Blank line", zh: "空行" },
  space: { en: "Space", zh: "空格" },
  comma: { en: "Comma", zh: "逗号" },
  none: { en: "Nothing", zh: "无" },
  other: { en: "Something else", zh: "其他" },
} as const;
const written: Readonly<Record<Exclude<keyof typeof separators, "other">, string>> = {
  line: "\n",
  paragraph: "\n\n",
  space: " ",
  comma: ", ",
  none: "",
};

const inputName = (number: number): string => `text${number}`;
const inputNames = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => inputName(index + 1));

const known = ["text", "number", "count"] as const;

export const textJoin = defineNode({
  type: "text/join",
  version: 1,
  title: { en: "Join texts", zh: "拼接文本" },
  summary: {
    en: "Joins several texts, or the entries of lists, into one, numbered where you like.",
    zh: "把多段文本或列表中的各项拼接成一段，可自动编号。",
  },
  icon: "combine",
  keywords: ["concatenate", "merge", "list", "number", "combine", "拼接", "合并", "连接", "编号"],
  config: z.object({
    inputs: z
      .int()
      .min(1)
      .max(joinLimits.inputs)
      .default(2)
      .meta(
        field({
          title: { en: "Number of inputs", zh: "输入数量" },
          help: { en: "From 1 to 20. One is enough for a list.", zh: "1 到 20 个。拼接列表时一个即可。" },
          control: "number",
          step: 1,
        }),
      ),
    separator: z
      .enum(Object.keys(separators) as [keyof typeof separators, ...(keyof typeof separators)[]])
      .default("paragraph")
      .meta(field({ title: { en: "Between the texts", zh: "分隔符" }, control: "select", options: separators })),
    otherSeparator: z
      .string()
      .max(100)
      .default("")
      .meta(
        field({ title: { en: "Separator", zh: "自定义分隔符" }, control: "multiline", when: { separator: ["other"] } }),
      ),
    template: z
      .string()
      .max(2000)
      .default("{{text}}")
      .superRefine((template, context) => {
        const variables = templateVariables(template);
        const unknown = variables.find(({ name }) => !(known as readonly string[]).includes(name));
        if (unknown) {
          const message = `{{${unknown.name}}} means nothing here; there are {{text}}, {{number}} and {{count}}.`;
          context.addIssue({ code: "custom", message });
        } else if (!variables.some(({ name }) => name === "text")) {
          context.addIssue({ code: "custom", message: "The template needs {{text}}." });
        }
      })
      .meta(
        field({
          title: { en: "Each text as", zh: "每段的格式" },
          help: {
            en: "{{text}} is the text, {{number}} its place from 1, {{count}} how many there are. “{{number}}. {{text}}” numbers them.",
            zh: "{{text}} 是文本，{{number}} 是从 1 起的序号，{{count}} 是总数。“{{number}}. {{text}}” 即为编号。",
          },
          control: "multiline",
        }),
      ),
    skipEmpty: z
      .boolean()
      .default(true)
      .meta(field({ title: { en: "Leave out empty texts", zh: "忽略空文本" }, control: "switch", group: "advanced" })),
  }),
  inputs: ({ inputs }): port.Ports =>
    Object.fromEntries(
      inputNames(inputs).map((name, index) => [
        name,
        port.maybe(port.any({ en: `Text ${index + 1}`, zh: `文本 ${index + 1}` })),
      ]),
    ),
  outputs: {
    text: port.text({ en: "Text", zh: "文本" }),
    count: port.number({ en: "How many", zh: "段数" }),
  },
  join: "any",
  preview: ({ inputs, template }) => `${inputs} × ${excerpt(template, 40)}`,
  examples: [
    {
      name: "Two texts as paragraphs",
      config: {},
      inputs: { text1: "First.", text2: "Second." },
      outputs: { text: "First.\n\nSecond.", count: 2 },
    },
    {
      name: "Numbers the entries of a list",
      config: { inputs: 1, separator: "line", template: "{{number}}/{{count}} {{text}}" },
      inputs: { text1: ["苹果", "", "梨"] },
      outputs: { text: "1/2 苹果\n2/2 梨", count: 2 },
    },
    {
      name: "Joins what arrives where a branch was not taken",
      config: { inputs: 3, separator: "other", otherSeparator: " → " },
      inputs: { text1: "a", text3: 3 },
      outputs: { text: "a → 3", count: 2 },
    },
  ],
  run: async ({ config, inputs }) => {
    const given: Readonly<Record<string, unknown>> = inputs;
    const values = inputNames(config.inputs).flatMap((name) => (Object.hasOwn(given, name) ? given[name] : []));
    if (values.length > joinLimits.texts) {
      const [count, most] = [values.length, joinLimits.texts].map((number) => number.toLocaleString("en"));
      throw new NodeFailure("value-invalid", `There are ${count} texts; at most ${most} can be joined.`);
    }
    const texts = values.map(readable).filter((text) => !config.skipEmpty || text.trim() !== "");
    const separator = config.separator === "other" ? config.otherSeparator : written[config.separator];
    const count = texts.length;
    const room = new TextRoom("The joined text");
    room.takeLength(separator.length * Math.max(0, count - 1));
    const pieces = texts.map((text, index) =>
      room.take(renderTemplate(config.template, { text, number: index + 1, count })),
    );
    return { text: pieces.join(separator), count };
  },
});
