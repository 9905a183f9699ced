/** Where words begin and end in a text: boundaries[place] is 1 where one does. `words` are those of the text in their order; what they leave out is between them. */
export const wordBoundaries = (text: string, words: readonly string[]): Uint8Array => {
  const boundaries = new Uint8Array(text.length + 1).fill(0);
  let from = 0;
  for (const word of words) {
    const at = word === "" ? -1 : text.indexOf(word, from);
    // A word in another form than the text's: what is known of those before and after it stays.
    if (at < 0) continue;
    from = at + word.length;
    boundaries[at] = 1;
    boundaries[from] = 1;
  }
  return boundaries;
};

const letter = /[\p{L}\p{N}\p{M}_]/u;
/** Scripts that set no blanks between words. */
const unspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const digit = /\p{N}/u;

const before = (text: string, place: number) => {
  const last = text.charAt(place - 1);
  return /[\udc00-\udfff]/.test(last) ? text.slice(place - 2, place) : last;
};
const after = (text: string, place: number) => String.fromCodePoint(text.codePointAt(place) ?? 32);

/** Whether the letters on both sides of a place belong to one word. */
const isInWord = (text: string, place: number): boolean => {
  if (place <= 0 || place >= text.length) return false;
  const [left, right] = [before(text, place), after(text, place)];
  if (unspaced.test(left) || unspaced.test(right)) return false;
  return letter.test(left) && letter.test(right);
};

/** Whether what is cut at a place would be part of a number: 5 of 1.5, of 5,000 and of -5. */
const isInNumber = (text: string, from: number, to: number): boolean =>
  (digit.test(text.charAt(from)) &&
    ((/[.,]/.test(text.charAt(from - 1)) && digit.test(text.charAt(from - 2))) ||
      (text.charAt(from - 1) === "-" && !letter.test(text.charAt(from - 2))))) ||
  (digit.test(text.charAt(to - 1)) && /[.,]/.test(text.charAt(to)) && digit.test(text.charAt(to + 1)));

/** Occurrences that are looked at; more of one phrase are taken for none. */
const most = 10_000;

/**
 * Whether a phrase stands in a text as words of its own: not "no" in "not", nor 5 in 15. In scripts without blanks it may be part of one word, such as 智能 of
 * 人工智能, and must not reach from one into the next: 京都 is not in 北京 | 都是.
 */
export const hasWords = (text: string, phrase: string, boundaries: Uint8Array): boolean => {
  if (phrase === "") return false;
  for (let at = text.indexOf(phrase), seen = 0; at >= 0 && seen < most; at = text.indexOf(phrase, at + 1), seen += 1) {
    const end = at + phrase.length;
    if (isInWord(text, at) || isInWord(text, end) || isInNumber(text, at, end)) continue;
    const cut = (place: number) =>
      boundaries[place] === 0 && unspaced.test(before(text, place)) && unspaced.test(after(text, place));
    if (!cut(at) && !cut(end)) return true;
    // Within one word: no word begins or ends between.
    if (boundaries.subarray(at + 1, end).every((each) => each === 0)) return true;
  }
  return false;
};
