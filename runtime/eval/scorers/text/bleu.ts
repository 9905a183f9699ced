import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { type BleuParts, bleuOf, bleuParts } from "../lib/bleu";
import { tokens13a, tokensZh } from "../lib/bleu-tokens";
import { share } from "../lib/metrics";

const sumOf = (parts: readonly unknown[], times: ArrayLike<number>): BleuParts => {
  const [matched, possible] = [
    [0, 0, 0, 0],
    [0, 0, 0, 0],
  ];
  let [answer, reference] = [0, 0];
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] as BleuParts;
    const time = times[index] as number;
    answer += time * part.answer;
    reference += time * part.reference;
    for (let order = 0; order < 4; order += 1) {
      matched[order] = (matched[order] as number) + time * (part.matched[order] as number);
      possible[order] = (possible[order] as number) + time * (part.possible[order] as number);
    }
  }
  return { matched, possible, answer, reference };
};

export const textBleu = defineScorer({
  type: "text/bleu",
  version: 1,
  title: { en: "BLEU", zh: "BLEU" },
  summary: {
    en: "Word sequences shared with the expected text, as sacreBLEU counts them, over all rows and by row. Chinese is compared by character.",
    zh: "与期望文本共有的词序列，按 sacreBLEU 的方式统计，给出整体与逐行的值。中文按字比较。",
  },
  config: z.object({
    tokenise: z
      .enum(["auto", "13a", "zh"])
      .default("auto")
      .meta(
        field({
          title: { en: "Tokens", zh: "分词方式" },
          control: "select",
          options: {
            auto: { en: "by the expected text", zh: "按期望文本自动选择" },
            "13a": { en: "13a (languages with blanks)", zh: "13a（以空格分词的语言）" },
            zh: { en: "zh (Chinese by character)", zh: "zh（中文按字）" },
          },
        }),
      ),
  }),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    {
      ...share("bleu", { en: "BLEU (all rows)", zh: "BLEU（整体）" }),
      corpus: (parts, times) => (parts.length === 0 ? null : bleuOf(sumOf(parts, times), false)),
    },
    share("sentence", { en: "BLEU by row", zh: "BLEU（逐行）" }),
  ],
  score: ({ config, output, expected }) => {
    const reference = asText(expected);
    const chinese = config.tokenise === "zh" || (config.tokenise === "auto" && /\p{Script=Han}/u.test(reference));
    const tokens = chinese ? tokensZh : tokens13a;
    const parts = bleuParts(tokens(asText(output)), tokens(reference));
    if (parts.reference === 0) return { values: { sentence: null } };
    return { values: { sentence: bleuOf(parts, true) }, parts };
  },
});
