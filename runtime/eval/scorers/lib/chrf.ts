const orders = 6;
/** Recall counts twice as much as precision. */
const factor = 2 ** 2;

/** What corpus chrF needs of one row, order by order: n-grams of the answer, of the reference, of both. */
export interface ChrfParts {
  readonly answer: readonly number[];
  readonly reference: readonly number[];
  readonly shared: readonly number[];
}

const ngrams = (characters: readonly string[], order: number): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let from = 0; from + order <= characters.length; from += 1) {
    const key = characters.slice(from, from + order).join("");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

export const chrfParts = (answer: string, reference: string): ChrfParts => {
  const [own, wanted] = [answer, reference].map((text) => Array.from(text.replace(/\s+/gu, ""))) as [
    string[],
    string[],
  ];
  const each = Array.from({ length: orders }, (_, place) => {
    const [left, right] = [ngrams(own, place + 1), ngrams(wanted, place + 1)];
    let shared = 0;
    for (const [gram, count] of left) shared += Math.min(count, right.get(gram) ?? 0);
    return shared;
  });
  const possible = (length: number) => Array.from({ length: orders }, (_, place) => Math.max(0, length - place));
  const asked = possible(wanted.length);
  // As sacreBLEU: where the reference is too short for an order, the answer's n-grams of it are not held against the whole.
  const answered = possible(own.length).map((count, place) => (asked[place] === 0 ? 0 : count));
  return { answer: answered, reference: asked, shared: each };
};

/** chrF2 in 0 … 1 (Popović, "chrF: character n-gram F-score for automatic MT evaluation", 2015) as sacreBLEU computes it: orders 1 … 6, no words. */
export const chrfOf = ({ answer, reference, shared }: ChrfParts): number => {
  let [precision, recall, used] = [0, 0, 0];
  for (let place = 0; place < orders; place += 1) {
    const [own, wanted, both] = [answer[place] as number, reference[place] as number, shared[place] as number];
    if (own <= 0 || wanted <= 0) continue;
    precision += both / own;
    recall += both / wanted;
    used += 1;
  }
  if (used === 0 || precision + recall === 0) return 0;
  return ((1 + factor) * (precision / used) * (recall / used)) / (factor * (precision / used) + recall / used);
};
