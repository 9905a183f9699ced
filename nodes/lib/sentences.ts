/** Ends of sentences: a full stop before a space, Chinese stops anywhere, line ends. */
const ends = /(?<=[.!?…]["'”’)\]]*)\s+|(?<=[。！？；…]["”’」』）]*)(?!["”’」』）])|\n+/u;
/** Points that end no sentence. */
const abbreviation = /(?:^|[\s(])(?:e\.g|i\.e|etc|vs|approx|no|fig|mr|mrs|ms|dr|prof|st|inc|ltd|co|p|pp|[A-Z])\.$/iu;
const listMark = /^(?:[-*•]|\d+[.)])$/u;

/** A text's sentences, in English and Chinese, without the white space around them. Marks of lists and headings are no sentences of their own. */
export const sentencesOf = (text: string): readonly string[] => {
  const sentences: string[] = [];
  let open = "";
  for (const part of text.split(ends)) {
    const piece = part.trim();
    if (piece === "") continue;
    const whole = open === "" ? piece : `${open} ${piece}`;
    if (abbreviation.test(whole) || listMark.test(whole)) open = whole;
    else {
      sentences.push(whole);
      open = "";
    }
  }
  if (open !== "") sentences.push(open);
  return sentences;
};

/** References to sources, which say nothing by themselves: "[1]", "[2, 3]", "【1】". */
const citation = /\s*[[【]\s*\d+(?:\s*[,，、]\s*\d+)*\s*[\]】]/gu;
export const withoutCitations = (text: string): string => text.replace(citation, "");

/** Whether there is anything to check in it. */
export const saysSomething = (sentence: string): boolean => /[\p{L}\p{N}]/u.test(withoutCitations(sentence));

const number = /\d+(?:[.,:/]\d+)*/gu;
/** Words in capitals inside a sentence, names of products with digits, and quoted Chinese titles. */
const name =
  /(?<=[^.!?。！？\s]\s+)\p{Lu}[\p{L}\p{N}'’-]+|\b(?=\w*\d)(?=\w*[A-Za-z])[\w-]+|(?<=[《“「])[^》”」]{1,40}(?=[》”」])/gu;

const plainNumber = (found: string): string => found.replace(/,(?=\d{3}(?!\d))/g, "").replace(/\.0+$/, "");

/** What a sentence may only say if a source does, letter by letter: numbers, dates and names. Lower case, numbers without thousands' marks. */
export const literalsOf = (sentence: string): ReadonlySet<string> => {
  const text = withoutCitations(sentence).normalize("NFKC");
  const numbers = [...text.matchAll(number)].map(([found]) => plainNumber(found));
  const names = [...text.matchAll(name)].map(([found]) => found.toLowerCase());
  return new Set([...numbers, ...names]);
};

/** Which of them the source does not have. A number is found as a whole number only: 20 is not in 2024. */
export const missingLiterals = (literals: ReadonlySet<string>, source: string): readonly string[] => {
  const text = source.normalize("NFKC");
  const numbers = new Set([...text.matchAll(number)].map(([found]) => plainNumber(found)));
  const lower = text.toLowerCase();
  return [...literals].filter(
    (each) => !(/^\d/.test(each) && !/\p{L}/u.test(each) ? numbers.has(each) : lower.includes(each)),
  );
};
