import { z } from "zod";
import { field } from "@/runtime/node/field";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share, yesOrNo } from "../lib/metrics";
import { normalised } from "../lib/normalised";
import { hasWords, wordBoundaries } from "../lib/word-places";

export const textContains = defineScorer({
  type: "text/contains",
  version: 2,
  title: { en: "Contains", zh: "包含" },
  summary: {
    en: "Whether certain words stand in the answer: the listed ones, or else the expected value. Words count as wholes; Chinese is segmented.",
    zh: "回答中是否出现指定的词语：列出的词语；未列出时则为期望答案。按完整的词匹配，中文先分词。",
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
    words: z
      .boolean()
      .default(true)
      .meta(
        field({
          title: { en: "Whole words only", zh: "只匹配完整的词" },
          help: {
            en: '"no" is not found in "not". Off: anywhere in the text.',
            zh: "例如不会在“北京都是”中找到“京都”。关闭后匹配任意位置。",
          },
          control: "switch",
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
  score: ({ config, output, expected }, { words }) => {
    const wanted = (config.phrases.length > 0 ? config.phrases : [asText(expected)])
      .map(normalised)
      .filter((phrase) => phrase !== "");
    if (wanted.length === 0) return { values: { all: null, share: null } };
    const text = normalised(asText(output));
    if (!config.words) return found(wanted, (phrase) => text.includes(phrase));
    const among = (all: readonly string[]) => {
      const boundaries = wordBoundaries(text, all);
      return found(wanted, (phrase) => hasWords(text, phrase, boundaries));
    };
    const all = words(text);
    return all instanceof Promise ? all.then(among) : among(all);
  },
});

const found = (wanted: readonly string[], stands: (phrase: string) => boolean) => {
  const missing = wanted.filter((phrase) => !stands(phrase));
  const values = { all: missing.length === 0 ? 1 : 0, share: 1 - missing.length / wanted.length };
  if (missing.length === 0) return { values };
  const named = missing.slice(0, 10).map((phrase) => phrase.slice(0, 60));
  return { values, reason: `Not found: ${named.join(", ")}` };
};
