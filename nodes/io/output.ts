import { z } from "zod";
import { defineNode } from "@/runtime/node/define-node";
import { field } from "@/runtime/node/field";
import type { Localized } from "@/runtime/node/localized";
import * as port from "@/runtime/node/port";
import { variableName } from "../lib/variable-name";

const outputField = z.object({
  name: variableName.meta(field({ title: { en: "Name", zh: "名称" } })),
  title: z
    .string()
    .trim()
    .max(120)
    .default("")
    .meta(
      field({
        title: { en: "Title", zh: "标题" },
        help: { en: "Shown above the result; the name where empty.", zh: "显示在结果上方；留空则用名称。" },
      }),
    ),
});

/** What a new output calls its result, as a card says it. */
const knownNames: Readonly<Record<string, Localized>> = { answer: { en: "answer", zh: "回答" } };

export const ioOutput = defineNode({
  type: "io/output",
  version: 1,
  title: { en: "Output", zh: "输出" },
  summary: {
    en: "What the pipeline gives back: every value wired in here is a named result.",
    zh: "流水线返回的内容：接到这里的每个值都是一个有名称的结果。",
  },
  icon: "log-out",
  keywords: ["result", "answer", "return", "end", "结果", "返回", "结束"],
  config: z
    .object({
      outputs: z
        .array(outputField)
        .min(1)
        .max(32)
        .default([{ name: "answer", title: "" }])
        .meta(
          field({
            title: { en: "Results", zh: "结果" },
            help: {
              en: "A result whose branch is not taken is left out of the answer.",
              zh: "若某个结果所在的分支没有执行，返回内容中就不包含它。",
            },
            control: "output-fields",
            group: "main",
          }),
        ),
    })
    .superRefine(({ outputs }, context) => {
      const seen = new Set<string>();
      for (const [index, { name }] of outputs.entries()) {
        if (seen.has(name)) {
          const message = `Two results are called "${name}".`;
          context.addIssue({ code: "custom", message, path: ["outputs", index, "name"] });
        }
        seen.add(name);
      }
    }),
  inputs: ({ outputs }): port.Ports =>
    Object.fromEntries(
      outputs.map(({ name, title }) => [
        name,
        port.maybe(port.any(title ? { en: title, zh: title } : knownNames[name])),
      ]),
    ),
  outputs: {},
  boundary: { kind: "output" },
  join: "any",
  preview: ({ outputs }) => outputs.map(({ name, title }) => title || name).join(", "),
  examples: [
    { name: "One result", config: { outputs: [{ name: "answer" }] }, inputs: { answer: "42" }, outputs: {} },
    {
      name: "Two results, one of them not reached",
      config: { outputs: [{ name: "reply", title: "Reply" }, { name: "reason" }] },
      inputs: { reason: { code: "late" } },
      outputs: {},
    },
  ],
  run: async () => ({}),
});
