import { diffWords } from "diff";

/** A stretch of an answer: said by both, only by this one, or only by the one it is compared with. */
export interface TextPart {
  readonly kind: "same" | "added" | "removed";
  readonly text: string;
}

/** Characters of one text beyond which it is not compared: highlighting a book helps nobody and takes seconds. */
export const longestCompared = 40_000;
/** Changed words after which two texts are called different altogether. */
const mostChanges = 3000;

/** Two longer texts that share less than this have nothing to mark: one would be struck through whole, the other underlined whole. */
const leastShared = 0.2;
const longEnough = 80;

const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * What `text` says otherwise than `reference`, word by word (Myers' difference, by the package `diff`); a difference in spaces alone is none.
 * Scripts without spaces between words are cut into words by the runtime's own segmenter. null where the two are too long or too far apart to be
 * shown so.
 */
export const textDifference = (reference: string, text: string): readonly TextPart[] | null => {
  if (reference === text) return text === "" ? [] : [{ kind: "same", text }];
  if (reference.length > longestCompared || text.length > longestCompared) return null;
  const changes = diffWords(reference, text, {
    maxEditLength: mostChanges,
    ...((unspaced.test(reference) || unspaced.test(text)) && { intlSegmenter: segmenter() }),
  });
  if (changes === undefined) return null;
  const shared = changes.reduce((sum, { value, added, removed }) => (added || removed ? sum : sum + inked(value)), 0);
  const longer = Math.max(inked(reference), inked(text));
  if (longer > longEnough && shared < leastShared * longer) return null;
  return changes.map(({ value, added, removed }) => ({
    kind: added ? "added" : removed ? "removed" : "same",
    text: value,
  }));
};

const inked = (text: string): number => text.replace(/\s/gu, "").length;

let made: Intl.Segmenter | undefined;
const segmenter = (): Intl.Segmenter => {
  made ??= new Intl.Segmenter("zh", { granularity: "word" });
  return made;
};
