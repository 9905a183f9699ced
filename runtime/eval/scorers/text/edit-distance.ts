import { z } from "zod";
import { defineScorer } from "../../contract/scorer";
import { asText } from "../lib/as-text";
import { share } from "../lib/metrics";

/** Time grows with the product of both lengths. */
const mostCharacters = 4_000;

/** Levenshtein, 1966: insertions, deletions and replacements of characters, one each. */
export const editDistance = (left: string, right: string): number => {
  const [from, to] = [Array.from(left), Array.from(right)];
  const row = Uint32Array.from({ length: to.length + 1 }, (_, place) => place);
  for (const [index, character] of from.entries()) {
    let diagonal = row[0] as number;
    row[0] = index + 1;
    for (let place = 1; place <= to.length; place += 1) {
      const above = row[place] as number;
      row[place] = Math.min(
        above + 1,
        (row[place - 1] as number) + 1,
        diagonal + (character === to[place - 1] ? 0 : 1),
      );
      diagonal = above;
    }
  }
  return row[to.length] as number;
};

export const textEditDistance = defineScorer({
  type: "text/edit-distance",
  version: 1,
  title: { en: "Edit distance", zh: "编辑距离" },
  summary: {
    en: "How many characters would have to be changed to get the expected text, and how alike both are. Looks at 4,000 characters.",
    zh: "要得到期望文本需改动多少字符，以及两者的相似度。最多比较 4,000 个字符。",
  },
  config: z.object({}),
  needs: { output: true, expected: true },
  asksModel: false,
  judge: false,
  metrics: [
    share("similarity", { en: "Likeness", zh: "相似度" }),
    { key: "edits", title: { en: "Edits", zh: "编辑次数" }, scale: "number", better: "lower", unit: "edits" },
  ],
  score: ({ output, expected }) => {
    const [answer, reference] = [output, expected].map((value) =>
      Array.from(asText(value)).slice(0, mostCharacters).join(""),
    ) as [string, string];
    const edits = editDistance(answer, reference);
    const longest = Math.max(Array.from(answer).length, Array.from(reference).length);
    return { values: { similarity: longest === 0 ? 1 : 1 - edits / longest, edits } };
  },
});
