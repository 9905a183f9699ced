/**
 * How good one ranking is. `relevant` says of each place, best first, whether it is right. Definitions as in Manning, Raghavan and Schütze,
 * "Introduction to Information Retrieval", chapter 8.
 */
export type Relevance = readonly boolean[];

/** 1 where one of the first k is right, else 0: recall for questions that one passage answers, also called hit rate or success@k. */
export const recallAtK = (relevant: Relevance, k: number): number => (relevant.slice(0, k).includes(true) ? 1 : 0);

/** 1 / the rank of the first right one, 0 where there is none. Its mean over questions is MRR (Voorhees, TREC-8 Question Answering, 1999). */
export const reciprocalRank = (relevant: Relevance): number => {
  const first = relevant.indexOf(true);
  return first === -1 ? 0 : 1 / (first + 1);
};

/**
 * Discounted cumulative gain over the best there could be, with binary gains and the discount 1 / log2(rank + 1) (Järvelin and Kekäläinen,
 * ACM TOIS 2002). `total` is how many right ones exist.
 */
export const ndcgAtK = (relevant: Relevance, k: number, total: number): number => {
  const gain = (places: Relevance) =>
    places.reduce((sum, right, index) => sum + (right ? 1 / Math.log2(index + 2) : 0), 0);
  const ideal = gain(Array.from({ length: Math.min(k, total) }, () => true));
  return ideal === 0 ? 0 : Math.min(1, gain(relevant.slice(0, k)) / ideal);
};

export interface RetrievalScores {
  readonly recallAtK: number;
  readonly mrr: number;
  readonly ndcg: number;
}

/** Means over questions; zeros where there are none. */
export const meanScores = (
  questions: readonly { readonly relevant: Relevance; readonly total: number }[],
  k: number,
): RetrievalScores => {
  const mean = (score: (question: (typeof questions)[number]) => number): number =>
    questions.length === 0 ? 0 : questions.reduce((sum, question) => sum + score(question), 0) / questions.length;
  return {
    recallAtK: mean(({ relevant }) => recallAtK(relevant, k)),
    mrr: mean(({ relevant }) => reciprocalRank(relevant)),
    ndcg: mean(({ relevant, total }) => ndcgAtK(relevant, k, total)),
  };
};
