import { z } from "zod";
import { field } from "@/runtime/node/field";
import { modelField } from "./model-field";

/** What both judges have to set. */
export const judgeFields = {
  model: modelField("chat-model"),
  criteria: z
    .string()
    .trim()
    .min(1)
    .max(4_000)
    .default("Is the answer correct, complete and to the point?")
    .meta(
      field({
        title: { en: "What makes an answer good", zh: "好回答的标准" },
        help: {
          en: "Write it as you would for a new colleague. Which mistakes are grave?",
          zh: "像向新同事说明那样写：哪些错误是严重的？",
        },
        control: "multiline",
      }),
    ),
  repeats: z
    .int()
    .min(1)
    .max(9)
    .default(1)
    .meta(field({ title: { en: "Ask so many times", zh: "询问次数" }, control: "number" })),
};

const longest = 6_000;

/** Material for a judge: fenced, and said to be no instruction. What would end the fence is spelt so that it does not. */
export const quoted = (name: string, text: string): string => {
  const material = text.slice(0, longest).replace(/<(?=\s*\/)/gu, "&lt;");
  return `<${name}>\n${material}${text.length > longest ? "\n(The rest is left out.)" : ""}\n</${name}>`;
};
