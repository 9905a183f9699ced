import { normaliseText } from "./normalise-text";
import type { SparseRow } from "./sparse-rows";

/**
 * What the words and letters of a text say beside its meaning: hashed n-grams, weighted by how rare they are (tf-idf with a sublinear count). An
 * embedding of a small model blurs product names, numbers and negations; these keep them.
 *
 * Hashing instead of a vocabulary bounds the head whatever the texts hold: Weinberger et al., "Feature Hashing for Large Scale Multitask
 * Learning", ICML 2009 (https://arxiv.org/abs/0902.2206). Words in one and two, letters in threes to fives within a word; Chinese is
 * written without spaces, so there its characters in one to three.
 */
export interface LexicalFeatures {
  /** A power of two. */
  readonly buckets: number;
  /** Inverse document frequency a bucket, as learnt from the training texts; 0 for one that none of them has. */
  readonly rarity: Float32Array;
}

const wordPattern = /\p{Script=Han}+|[\p{L}\p{M}\p{N}]+/gu;
const han = /^\p{Script=Han}/u;
/** Texts are read to here: n-grams of a book would say nothing more about its label. */
const mostWords = 1_000;

/** FNV-1a over UTF-16 code units, with the kind of n-gram as its first. */
const hash = (kind: number, gram: string): number => {
  let value = Math.imul(0x811c9dc5 ^ kind, 0x01000193);
  for (let index = 0; index < gram.length; index += 1) {
    value = Math.imul(value ^ gram.charCodeAt(index), 0x01000193);
  }
  return (value ^ (value >>> 15)) >>> 0;
};

const grams = (text: string): Map<number, number> => {
  const counts = new Map<number, number>();
  const add = (kind: number, gram: string) => {
    const key = hash(kind, gram);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  };
  let before = "";
  const words = normaliseText(text).match(wordPattern) ?? [];
  for (const word of words.slice(0, mostWords)) {
    if (han.test(word)) {
      const characters = Array.from(word);
      for (let size = 1; size <= 3; size += 1)
        for (let at = 0; at + size <= characters.length; at += 1) add(1, characters.slice(at, at + size).join(""));
      before = "";
      continue;
    }
    add(2, word);
    add(3, `${before} ${word}`);
    before = word;
    const bounded = `<${word.slice(0, 40)}>`;
    for (let size = 3; size <= 5; size += 1)
      for (let at = 0; at + size <= bounded.length; at += 1) add(4, bounded.slice(at, at + size));
  }
  return counts;
};

export const learnLexicalFeatures = (texts: readonly string[], buckets: number): LexicalFeatures => {
  const documents = new Float32Array(buckets);
  for (const text of texts) {
    const seen = new Set<number>();
    for (const key of grams(text).keys()) seen.add(key & (buckets - 1));
    for (const bucket of seen) documents[bucket] = (documents[bucket] ?? 0) + 1;
  }
  const rarity = documents.map((count) => (count === 0 ? 0 : Math.log((1 + texts.length) / (1 + count)) + 1));
  return { buckets, rarity };
};

/** Of length 1 (or no entries at all), indices ascending. */
export const lexicalRow = ({ buckets, rarity }: LexicalFeatures, text: string): SparseRow => {
  const weights = new Map<number, number>();
  for (const [key, count] of grams(text)) {
    const bucket = key & (buckets - 1);
    const rare = rarity[bucket] ?? 0;
    if (rare > 0) weights.set(bucket, (weights.get(bucket) ?? 0) + (1 + Math.log(count)) * rare);
  }
  const entries = [...weights].sort(([left], [right]) => left - right);
  const norm = Math.sqrt(entries.reduce((sum, [, weight]) => sum + weight * weight, 0)) || 1;
  return { indices: entries.map(([bucket]) => bucket), values: entries.map(([, weight]) => weight / norm) };
};
