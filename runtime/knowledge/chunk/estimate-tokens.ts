/** Signs that a tokenizer mostly takes one by one: Chinese, Japanese and Korean, their punctuation, full-width forms. */
const isWide = (unit: number): boolean =>
  (unit >= 0x2e80 && unit <= 0x9fff) ||
  (unit >= 0xac00 && unit <= 0xd7a3) ||
  (unit >= 0xf900 && unit <= 0xfaff) ||
  (unit >= 0xff00 && unit <= 0xff60) ||
  // Half of a sign beyond the first plane, so that the two together count as one.
  (unit >= 0xd800 && unit <= 0xdbff);

const narrowPerToken = 4;

/**
 * How many quarters of a token a UTF-16 code unit counts: a wide sign is a token, four others are one. Real tokenizers differ by a
 * fifth or so from it in English and Chinese; an exact count would tie the chunks to one model's vocabulary.
 */
const quarters = (unit: number): number => {
  if (isWide(unit)) return narrowPerToken;
  return unit >= 0xdc00 && unit <= 0xdfff ? 0 : 1;
};

export const estimateTokens = (text: string, start = 0, end = text.length): number => {
  let count = 0;
  for (let at = start; at < end; at++) count += quarters(text.charCodeAt(at));
  return Math.ceil(count / narrowPerToken);
};

/** The furthest end, not beyond `end`, up to which the text from `start` is at most `tokens`. */
export function endWithin(text: string, start: number, end: number, tokens: number): number {
  let left = tokens * narrowPerToken;
  let at = start;
  while (at < end) {
    left -= quarters(text.charCodeAt(at));
    if (left < 0) break;
    at++;
  }
  return at;
}

/** The nearest start, not before `start`, from which the text up to `end` is at most `tokens`. */
export function startWithin(text: string, start: number, end: number, tokens: number): number {
  let left = tokens * narrowPerToken;
  let at = end;
  while (at > start) {
    left -= quarters(text.charCodeAt(at - 1));
    if (left < 0) break;
    at--;
  }
  return at;
}
