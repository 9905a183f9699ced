const orders = [1, 2, 3, 4] as const;

/** What corpus BLEU needs of one row: matched and possible n-grams for n = 1 … 4, tokens of the answer and of the reference. */
export interface BleuParts {
  readonly matched: readonly number[];
  readonly possible: readonly number[];
  readonly answer: number;
  readonly reference: number;
}

const ngrams = (tokens: readonly string[], order: number): Map<string, number> => {
  const counts = new Map<string, number>();
  for (let from = 0; from + order <= tokens.length; from += 1) {
    const key = tokens.slice(from, from + order).join("\u0001");
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
};

export const bleuParts = (answer: readonly string[], reference: readonly string[]): BleuParts => ({
  matched: orders.map((order) => {
    const wanted = ngrams(reference, order);
    let sum = 0;
    for (const [gram, count] of ngrams(answer, order)) sum += Math.min(count, wanted.get(gram) ?? 0);
    return sum;
  }),
  possible: orders.map((order) => Math.max(0, answer.length - order + 1)),
  answer: answer.length,
  reference: reference.length,
});

/**
 * BLEU in 0 … 1 (Papineni et al., 2002) with the exponential smoothing that sacreBLEU has as its default. `effective` takes only the orders
 * that the answer is long enough for: for single sentences.
 */
export const bleuOf = ({ matched, possible, answer, reference }: BleuParts, effective: boolean): number => {
  if (matched.every((count) => count === 0)) return 0;
  let [smooth, logs, used] = [1, 0, 0];
  for (const [place] of orders.entries()) {
    const [hits, all] = [matched[place] as number, possible[place] as number];
    if (all <= 0) {
      if (!effective) return 0;
      break;
    }
    if (hits === 0) smooth *= 2;
    logs += Math.log(hits === 0 ? 1 / (smooth * all) : hits / all);
    used += 1;
  }
  const brevity = answer < reference ? Math.exp(1 - reference / answer) : 1;
  return brevity * Math.exp(logs / used);
};
