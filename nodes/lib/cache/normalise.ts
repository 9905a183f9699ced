/** Marks around a question that ask nothing else. */
const around = /^[\s"'“”‘’«»「」『』(（]+|[\s"'“”‘’«»「」『』)）?？!！.。,，;；:：…~～]+$/gu;

/** One form for all ways to write the same question: widths, case, blanks, and marks around it. */
export const normalised = (question: string): string =>
  question.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").replace(around, "").trim();
