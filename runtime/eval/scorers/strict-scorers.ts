import { asText } from "./lib/as-text";
import { normalised } from "./lib/normalised";

/** Scorers for which an answer that says more than what is expected is wrong. */
const strict: ReadonlySet<string> = new Set(["label/accuracy", "text/exact", "text/normalised"]);
export const isStrictScorer = (type: string): boolean => strict.has(type);
/** What is scored by in its place where answers are sentences. */
export const scorerOfSentences = "text/contains";

/** A longer text is no label. */
const longestLabel = 60;
/** Places that are looked at in one answer. */
const mostPlaces = 200;
const wordCharacter = /[\p{L}\p{M}\p{N}_]/u;
/** Scripts that put no blanks between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Whether an answer says an expected label as words of its own and says more besides, so that whoever compares the whole calls it wrong. */
export const saysMoreThan = (answer: unknown, expected: unknown): boolean => {
  const label = normalised(asText(expected));
  if (label === "" || label.length > longestLabel) return false;
  const text = normalised(asText(answer));
  if (text === label) return false;
  const spaced = !unspaced.test(label);
  const isWord = (place: number) => {
    const sign = text.charAt(place);
    return spaced && wordCharacter.test(sign) && !unspaced.test(sign);
  };
  for (
    let from = text.indexOf(label), places = 0;
    from >= 0 && places < mostPlaces;
    from = text.indexOf(label, from + 1), places += 1
  )
    if (!isWord(from - 1) && !isWord(from + label.length)) return true;
  return false;
};
