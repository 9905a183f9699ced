import type { PlacedGlyph } from "./page-texts";

/** Chinese and Japanese signs and their punctuation, which stand without blanks between them. */
const wide = "[\\u2e80-\\u9fff\\uf900-\\ufaff\\uff01-\\uff60\\u3001-\\u303f]";
const wideGap = new RegExp(`(?<=${wide})[ \\u3000]+(?=${wide})`, "g");
const leastSigns = 4;
const leastWide = 3;

/** Whether most signs of a text stand alone between blanks: "A N N U A L", "服 务 费 用". */
export function isSpacedOut(text: string): boolean {
  const words = text.trim().split(/\s+/);
  const single = words.filter((word) => [...word].length === 1 && /[\p{L}\p{N}]/u.test(word));
  const areWide = single.filter((word) => new RegExp(wide).test(word)).length;
  if (areWide * 2 > single.length)
    return (
      single.length >= Math.min(leastWide, words.length) && single.length >= 0.6 * words.length && single.length >= 2
    );
  return single.length >= leastSigns && single.length >= 0.8 * words.length && !isListOfLetters(single);
}

/** "A B C D E" names things; a word has vowels and does not go through the alphabet. */
const isListOfLetters = (signs: readonly string[]): boolean =>
  signs.every((sign) => /\d/.test(sign)) ||
  signs.every(
    (sign, index) => index === 0 || (sign.codePointAt(0) ?? 0) - (signs[index - 1]?.codePointAt(0) ?? 0) === 1,
  ) ||
  new Set(signs.map((sign) => sign.toLowerCase())).size <= 2;

/**
 * The words of a spaced-out text. Where the signs' places are known, a gap that is wider than the usual one parts two words;
 * else two or more blanks do.
 */
export function joinSpacedOut(text: string, placed: readonly PlacedGlyph[]): string {
  if (placed.length < 2) {
    const joined = text.replace(/(?<=\S) (?=\S)/g, "").replace(/\s{2,}/g, " ");
    return closeWideGaps(joined);
  }
  const gaps = placed.map(({ glyph }, index) => {
    const before = placed[index - 1]?.glyph;
    return before ? Math.hypot(glyph.x - before.endX, glyph.y - before.endY) : 0;
  });
  const sorted = gaps.slice(1).sort((one, other) => one - other);
  const usual = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  let joined = "";
  placed.forEach(({ glyph, start, end }, index) => {
    const parts = (gaps[index] ?? 0) > usual * 1.5 + 0.12 * glyph.size;
    joined += `${index > 0 && parts ? " " : ""}${text.slice(start, end)}`;
  });
  return joined;
}

/** Blanks between Chinese signs go, where so many of a line's signs are parted by them that they are no gaps between words. */
export function closeWideGaps(line: string): string {
  const neighbours = line.match(new RegExp(`(?<=${wide})[ \\u3000]*(?=${wide})`, "g")) ?? [];
  const parted = neighbours.filter((gap) => gap !== "").length;
  return parted >= 2 && parted >= 0.6 * neighbours.length ? line.replace(wideGap, "") : line;
}
