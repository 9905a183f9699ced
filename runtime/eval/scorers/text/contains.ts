import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share, yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";

export const textContains = defineScorer({
  type: "text/contains",
  version: 1,
  title: { en: "Contains", zh: "包含" },
  summary: {
    en: "Whether certain words stand in the answer: the listed ones, or else the expected value.",
    zh: "回答中是否出现指定的词语：列出的词语；未列出时则为期望答案。",
  },
  config: z.object({
    phrases: z
      .array(z.string().min(1).max(500))
      .max(50)
      .default([])
      .meta(
        field({
          title: { en: "Words to find", zh: "要找的词语" },
          help: { en: "Empty: the expected value.", zh: "留空表示期望答案。" },
          control: "string-list",
        }),
      ),
  }),
  needs: { output: true, expected: false },
  asksModel: false,
  judge: false,
  metrics: [
    yesOrNo("all", { en: "Contains all", zh: "全部包含" }),
    share("share", { en: "Share contained", zh: "包含比例" }),
  ],
  score: ({ config, output, expected }) => {
    const wanted = (config.phrases.length > 0 ? config.phrases : [asText(expected)]).map(normalised);
    if (wanted.every((phrase) => phrase === "")) return { values: { all: null, share: null } };
    const text = normalised(asText(output));
    const found = wanted.filter((phrase) => text.includes(phrase)).length;
    return { values: { all: found === wanted.length ? 1 : 0, share: found / wanted.length } };
  },
});
