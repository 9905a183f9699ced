/** Marks around a question that ask nothing else. */
const before = new Set(" \"'“”‘’«»「」『』(（");
const behind = new Set(" \"'“”‘’«»「」『』)）?？!！.。,，;；:：…~～");

const withoutMarks = (text: string): string => {
  let [from, to] = [0, text.length];
  while (from < to && before.has(text[from] ?? "")) from += 1;
  while (to > from && behind.has(text[to - 1] ?? "")) to -= 1;
  return text.slice(from, to);
};

/** One form for all ways to write the same question: widths, case, blanks, and marks around it. */
export const normalised = (question: string): string =>
  withoutMarks(question.normalize("NFKC").toLowerCase().replace(/\s+/gu, " "));
