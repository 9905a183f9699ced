/** Points that end no sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|fig|mr|mrs|ms|dr|prof|st|inc|ltd|co|p|pp|[A-Z])\.$/iu;
const listMark = /^(?:[-*•]|\d{1,9}[.)])$/u;

const western = ".!?…";
const eastern = "。！？；…";
const closing = "\"'”’)]』」）";
const closingWestern = "\"'”’)]";
const closingEastern = '"”’」』）';
const isBlank = (character: string): boolean => /\s/u.test(character);

/** Where a text is cut: behind a western stop with blanks behind it, behind a Chinese stop anywhere, at line ends. One pass, whatever the text. */
const piecesOf = (text: string): readonly string[] => {
  const pieces: string[] = [];
  let from = 0;
  const cut = (at: number) => {
    pieces.push(text.slice(from, at));
    from = at;
  };
  /** Kinds of the stop that the closing marks just read belong to. */
  let [afterWestern, afterEastern] = [false, false];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at] ?? "";
    if (character === "\n" || (afterWestern && isBlank(character))) {
      cut(at);
      [afterWestern, afterEastern] = [false, false];
    } else if (afterEastern && !closingEastern.includes(character) && !eastern.includes(character)) {
      cut(at);
      [afterWestern, afterEastern] = [false, false];
    }
    if (western.includes(character) || eastern.includes(character)) {
      afterWestern = western.includes(character);
      afterEastern = eastern.includes(character);
    } else if (closing.includes(character)) {
      afterWestern &&= closingWestern.includes(character);
      afterEastern &&= closingEastern.includes(character);
    } else [afterWestern, afterEastern] = [false, false];
  }
  cut(text.length);
  return pieces;
};

/** A text's sentences, in English and Chinese, without the white space around them. Marks of lists and headings are no sentences of their own. */
export const sentencesOf = (text: string): readonly string[] => {
  const sentences: string[] = [];
  let open = "";
  for (const part of piecesOf(text)) {
    const piece = part.trim();
    if (piece === "") continue;
    const whole = open === "" ? piece : `${open} ${piece}`;
    if (listMark.test(whole) || abbreviation.test(whole.slice(-16))) open = whole;
    else {
      sentences.push(whole);
      open = "";
    }
  }
  if (open !== "") sentences.push(open);
  return sentences;
};

/** References to sources, which say nothing by themselves: "[1]", "[2, 3]", "【1】". */
const citation = /[[【]\s{0,4}\d{1,6}(?:\s{0,4}[,，、–-]\s{0,4}\d{1,6}){0,40}\s{0,4}[\]】]/gu;
export const withoutCitations = (text: string): string => {
  const kept: string[] = [];
  let from = 0;
  for (const { 0: found, index } of text.matchAll(citation)) {
    // The blanks before a reference go with it.
    kept.push(text.slice(from, index).trimEnd());
    from = index + found.length;
  }
  return kept.join("") + text.slice(from);
};

/** Whether there is anything to check in it. */
export const saysSomething = (sentence: string): boolean => /[\p{L}\p{N}]/u.test(withoutCitations(sentence));
