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

/**
 * One form for spellings that mean the same: full-width and half-width, upper and lower case, runs of blanks, and the quotation marks, brackets, Markdown and
 * stops around a text. A text of nothing else stays, such as the label "?".
 */
export const normalised = (text: string): string => {
  const even = text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
  const inner = bare(unmarked(bare(even)));
  return inner === "" ? even : inner;
};
