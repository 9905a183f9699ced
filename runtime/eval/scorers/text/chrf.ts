import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { type ChrfParts, chrfOf, chrfParts } from "../lib/chrf";
import { share } from "../lib/metrics";

const sumOf = (parts: readonly unknown[], times: ArrayLike<number>): ChrfParts => {
  const sum = { answer: new Array(6).fill(0), reference: new Array(6).fill(0), shared: new Array(6).fill(0) };
  for (let index = 0; index < parts.length; index += 1) {
    const part = parts[index] as ChrfParts;
    const time = times[index] as number;
    for (let order = 0; order < 6; order += 1) {
      sum.answer[order] += time * (part.answer[order] as number);
      sum.reference[order] += time * (part.reference[order] as number);
      sum.shared[order] += time * (part.shared[order] as number);
    }
  }
  return sum;
};

export const textChrf = defineScorer({
  type: "text/chrf",
  version: 1,
  title: { en: "chrF", zh: "chrF" },
  summary: {
    en: "Character sequences shared with the expected text; forgiving of word forms, and the same for every language.",
    zh: "与期望文本共有的字符序列；对词形变化较宽容，各种语言通用。",
  },
  config: z.object({}),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    {
      ...share("chrf", { en: "chrF (all rows)", zh: "chrF（整体）" }),
      corpus: (parts, times) => (parts.length === 0 ? null : chrfOf(sumOf(parts, times))),
    },
    share("sentence", { en: "chrF by row", zh: "chrF（逐行）" }),
  ],
  score: ({ output, expected }) => {
    const reference = asText(expected);
    if (reference.trim() === "") return { values: { sentence: null } };
    const parts = chrfParts(asText(output), reference);
    return { values: { sentence: chrfOf(parts) }, parts };
  },
});
