/** How good a place is to cut a text at; more is better. */
export const strength = { none: 0, word: 1, clause: 2, line: 3, sentence: 4, paragraph: 5, heading: 6 } as const;
export type Strength = (typeof strength)[keyof typeof strength];

const space = (unit: number) => unit === 0x20 || unit === 0x09 || unit === 0x3000;
const newline = 0x0a;
const carriageReturn = 0x0d;
const set = (signs: string) => new Set([...signs].map((sign) => sign.charCodeAt(0)));
const wideEnds = set("。！？…｡");
const narrowEnds = set(".!?");
const clauseEnds = set("，、；：,;:—");
const closers = set("\"'”’」』）)]》】");
/** Words whose full stop ends no sentence. */
const abbreviation =
  /(?:^|[\s(“"'])(?:mr|mrs|ms|dr|prof|st|vs|etc|approx|no|fig|figs|eq|vol|pp|p|sec|ch|art|inc|ltd|co|corp|dept|est|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec|e\.g|i\.e|cf|al|u\.s|u\.k|a\.m|p\.m|\p{Lu})\.$/iu;

/** How well the text can be cut at `at` by what stands around it; headings and rows of tables only the document knows. */
export function breakStrength(text: string, at: number): Strength {
  const before = text.charCodeAt(at - 1);
  const after = text.charCodeAt(at);
  const isLineEnd = after === newline || after === carriageReturn;
  if (before === newline) {
    if (isLineEnd) return strength.none;
    const ended = text.charCodeAt(at - 2) === carriageReturn ? at - 3 : at - 2;
    return text.charCodeAt(ended) === newline ? strength.paragraph : strength.line;
  }
  if (space(after) || isLineEnd) return strength.none;
  const afterSpace = space(before);
  let last = at - 1;
  while (last > at - 8 && space(text.charCodeAt(last))) last--;
  const mark = last;
  while (last > mark - 4 && closers.has(text.charCodeAt(last))) last--;
  const sign = text.charCodeAt(last);
  // A closing mark that comes yet belongs to the sentence.
  if (wideEnds.has(sign)) return closers.has(after) || wideEnds.has(after) ? strength.none : strength.sentence;
  if (afterSpace && narrowEnds.has(sign)) return endsSentence(text, last, at) ? strength.sentence : strength.word;
  const isWide = before > 0x2e7f;
  if (clauseEnds.has(text.charCodeAt(mark)) && (afterSpace || isWide)) return strength.clause;
  return afterSpace ? strength.word : strength.none;
}

function endsSentence(text: string, stop: number, at: number): boolean {
  if (text[stop] !== ".") return true;
  if (/^\p{Ll}/u.test(text.slice(at, at + 2))) return false;
  return !abbreviation.test(text.slice(Math.max(0, stop - 12), stop + 1));
}
