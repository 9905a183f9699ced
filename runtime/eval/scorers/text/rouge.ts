import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share } from "../lib/metrics";
import { commonSubsequence, f1, sharedCount } from "../lib/overlap";

const mostWords = 1_500;
const pairsOf = (words: readonly string[]) => words.slice(1).map((word, place) => `${words[place]}\u0001${word}`);

/** F1 of Lin, "ROUGE: A Package for Automatic Evaluation of Summaries", 2004; words in lower case, no stemming, one reference. One word has no pairs: its ROUGE-2 is 0, as elsewhere. */
export const textRouge = defineScorer({
  type: "text/rouge",
  version: 2,
  title: { en: "ROUGE", zh: "ROUGE" },
  summary: {
    en: "Words, pairs of words and the longest common sequence shared with the expected text; for summaries. Chinese is segmented into words. ROUGE-2 of a single word is 0.",
    zh: "与期望文本共有的词、词对以及最长公共序列；适合摘要。中文先分词。单个词的 ROUGE-2 为 0。",
  },
  config: z.object({}),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    share("rouge-1", { en: "ROUGE-1", zh: "ROUGE-1" }),
    share("rouge-2", { en: "ROUGE-2", zh: "ROUGE-2" }),
    share("rouge-l", { en: "ROUGE-L", zh: "ROUGE-L" }),
  ],
  score: async ({ output, expected }, { words }) => {
    const beginning = async (value: unknown) =>
      (await words(asText(value))).slice(0, mostWords).map((word) => word.toLowerCase());
    const answer = await beginning(output);
    const reference = await beginning(expected);
    if (reference.length === 0) return { values: { "rouge-1": null, "rouge-2": null, "rouge-l": null } };
    const [two, wanted] = [pairsOf(answer), pairsOf(reference)];
    return {
      values: {
        "rouge-1": f1(sharedCount(answer, reference), answer.length, reference.length),
        "rouge-2": f1(sharedCount(two, wanted), two.length, wanted.length),
        "rouge-l": f1(commonSubsequence(answer, reference), answer.length, reference.length),
      },
    };
  },
});
