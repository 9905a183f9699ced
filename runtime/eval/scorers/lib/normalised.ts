/** Blanks, quotation marks and brackets around a text. Signs such as +, -, # and $ are part of it: -1 is not 1, and C# is not C. */
const before = /^[\s"'`\p{Pi}\p{Pf}\p{Ps}\p{Pe}]/u;
/** Beside those, what ends a sentence. */
const after = /^[\s"'`\p{Pi}\p{Pf}\p{Ps}\p{Pe}.,;:!?。、…]$/u;
/** Bold, italic and code of Markdown, the same on both sides. */
const marks = ["**", "__", "*", "_"];

const unmarked = (text: string): string => {
  const mark = marks.find((each) => text.length > 2 * each.length && text.startsWith(each) && text.endsWith(each));
  return mark === undefined ? text : text.slice(mark.length, -mark.length);
};

/** Without what stands around it. From both ends inwards, because a pattern that looks for an end takes the square of a long run of signs. */
const bare = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && before.test(text.charAt(from))) from += 1;
  while (to > from && after.test(text.charAt(to - 1))) to -= 1;
  return text.slice(from, to);
};

/** What nobody sees: zero-width blanks and joiners, soft hyphens, marks of direction and of the order of bytes. */
const unseen = /[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/gu;
/** Of a power: 10² is not 102. */
const powers = /[\u00b2\u00b3\u00b9\u2070\u2074-\u2079]+/gu;

/**
 * One form for spellings that mean the same: full-width and half-width, upper and lower case as full case folding has it (ß is ss, ς is σ), runs of blanks,
 * what nobody sees, straight and curly quotation marks and apostrophes, hyphens, minus and en dash, and the quotation marks, brackets, Markdown and stops around a
 * text. A text of nothing else stays, such as the label "?".
 */
export const normalised = (text: string): string => {
  const even = text
    .replace(unseen, "")
    .replace(powers, "^$&")
    .normalize("NFKC")
    .toUpperCase()
    .toLowerCase()
    .normalize("NFKC")
    .replace(/ς/gu, "σ")
    .replace(/[\u2018\u2019\u201b\u02bc\u2032]/gu, "'")
    .replace(/[\u201c\u201d\u201f\u2033]/gu, '"')
    .replace(/[\u2010-\u2013\u2212]/gu, "-")
    .replace(/\s+/gu, " ")
    .trim();
  const inner = bare(unmarked(bare(even)));
  return inner === "" ? even : inner;
};
