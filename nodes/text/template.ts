import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import * as port from "@/runtime/node/port";
import { libraryPrompt, noteHeldPrompt } from "../lib/prompt/held-prompt";
import { excerpt } from "../lib/readable";
import { renderTemplate, templateLimits } from "../lib/template";
import { checkVariables, templatePorts } from "../lib/template-ports";

export const textTemplate = defineNode({
  type: "text/template",
  version: 1,
  title: { en: "Template", zh: "文本模板" },
  summary: {
    en: "Writes a text from a template: every {{variable}} becomes an input.",
    zh: "用模板拼出一段文本：每个 {{变量}} 都是一个输入。",
  },
  icon: "text-cursor-input",
  keywords: ["join", "format", "concatenate", "compose", "拼接", "格式化", "合并"],
  config: z
    .object({
      prompt: libraryPrompt({ kinds: ["text"], into: { user: "template" }, settings: [], fills: true }),
      template: z
        .string()
        .max(templateLimits.length)
        .default("{{text}}")
        .meta(
          field({
            title: { en: "Template", zh: "模板" },
            help: {
              en: "{{name}} is filled from the input of that name; {{order.items[0]}} reaches into a JSON value. Write \\{{name}} for the braces themselves.",
              zh: "{{名称}} 会替换为同名输入的值；{{订单.items[0]}} 可取 JSON 中的值。若要原样输出花括号，请写 \\{{名称}}。",
            },
            control: "template",
            group: "main",
          }),
        ),
    })
    .superRefine(({ template }, context) => checkVariables({ template }, [], context)),
  inputs: ({ template }) => templatePorts(template),
  outputs: { text: port.text({ en: "Text", zh: "文本" }) },
  preview: ({ template }) => excerpt(template),
  examples: [
    {
      name: "Fills in a name",
      config: { template: "Dear {{name}}, thank you for writing." },
      inputs: { name: "Ada" },
      outputs: { text: "Dear Ada, thank you for writing." },
    },
    {
      name: "Reaches into JSON, with Chinese names",
      config: { template: "{{客户}}：{{订单.items[0].name}} × {{订单.items[0].count}}" },
      inputs: { 客户: "李雷", 订单: { items: [{ name: "台灯", count: 2 }] } },
      outputs: { text: "李雷：台灯 × 2" },
    },
    {
      name: "Never reads a value as a template",
      config: { template: "{{quote}} \\{{quote}}" },
      inputs: { quote: "{{secret}}" },
      outputs: { text: "{{secret}} {{quote}}" },
    },
  ],
  run: async ({ config, inputs, ctx }) => {
    noteHeldPrompt(ctx, config.prompt);
    return { text: renderTemplate(config.template, inputs) };
  },
});
