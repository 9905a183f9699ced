/** The usual constants, as in Lucene and in Robertson and Zaragoza, "The Probabilistic Relevance Framework: BM25 and Beyond", 2009. */
const bm25Constants = { k1: 1.2, b: 0.75 } as const;

/** How much a word that stands in `count` of `total` passages tells; never negative. */
export const inverseDocumentFrequency = (count: number, total: number): number =>
  Math.log(1 + (Math.max(0, total - count) + 0.5) / (count + 0.5));

/** What one word adds to a passage's score: `frequency` times in `length` words, where passages have `meanLength` on average. */
export const bm25Term = (idf: number, frequency: number, length: number, meanLength: number): number => {
  const { k1, b } = bm25Constants;
  const relativeLength = meanLength > 0 ? length / meanLength : 1;
  return (idf * frequency * (k1 + 1)) / (frequency + k1 * (1 - b + b * relativeLength));
};

/** No passage can score more than this for these words: it makes a share of 0..1 of a score. */
export const bm25Bound = (idfs: readonly number[]): number =>
  idfs.reduce((sum, idf) => sum + idf * (bm25Constants.k1 + 1), 0);
