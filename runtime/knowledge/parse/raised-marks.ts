/** Around what is raised, until the whole page tells what it means: two code points that no text can hold. */
const [opening, closing] = ["\ufdd0", "\ufdd1"];

/** Signs that are raised by their nature, and the ends of ordinal numbers. */
const plain = /^(?:[™®©°′″'"’”º]+|\(?(?:TM|SM|R)\)?)$/u;
const ordinal = /^(?:st|nd|rd|th|er|re|e|ère|ème|o|a|os|as)\.?$/iu;
const noteMark = /^(?:\d{1,3}(?:\s?[,，–-]\s?\d{1,3}){0,5}|\[\d{1,3}\]|\p{Ll}(?:,\p{Ll}){0,3})$/u;
const symbols = /^[*†‡§¶#]{1,3}$/u;
const unit = /(?:^|[\d\s(/·.⋅*×])(?:[kcdmµμn]?m|in|ft|yd|mi|s|h|d|K|kg|g|mol|N|Hz|km|cd|A|V|L|l)$/u;

/** So much of what stands before and behind a mark tells what it means. */
const seen = 60;

export const raise = (before: string, text: string, parted: boolean): string => {
  const trimmed = text.trim();
  if (trimmed === "") return before;
  // Two that follow each other are one.
  if (before.endsWith(closing) && !parted) return `${before.slice(0, -1)}${trimmed}${closing}`;
  return `${before}${opening}${trimmed}${closing}${/\s$/.test(text) ? " " : ""}`;
};

/** An index: "H2O", and "10_2" where it would be read as a part of the number. */
export const lower = (before: string, text: string): string =>
  `${before}${/\d/.test(before.slice(-1)) && /^\d/.test(text.trim()) ? "_" : ""}${text.trimStart()}`;

export const afterMark = (before: string, text: string, wantsSpace: boolean): string =>
  `${before}${wantsSpace && !/^\s/.test(text) ? " " : ""}${text}`;

/** The marks of a page's notes: what its lines begin with, apart from the text. */
export function noteMarks(
  lines: readonly { readonly text: string; readonly size: number }[],
  body: number,
): ReadonlySet<string> {
  const marks = new Set<string>();
  for (const { text, size } of lines) {
    const opened = new RegExp(`^${opening}([^${closing}]{1,4})${closing}`, "u").exec(text)?.[1];
    const small =
      size < 0.95 * body ? /^(?:\[|\()?(\d{1,3}|\p{Ll}|[*†‡§]{1,3})(?:[\])]|\.?\s)/u.exec(text)?.[1] : undefined;
    for (const found of [opened, small]) if (found) marks.add(found.trim());
  }
  return marks;
}

/**
 * Writes what is raised so that it cannot be taken for a part of what stands before it: powers as "10^8", marks of notes as "[1]". Behind a
 * number a mark stands after the word that follows: "40 units[1]".
 */
export function settleRaised(text: string, notes: ReadonlySet<string>): string {
  let start = text.indexOf(opening);
  if (start < 0) return text;
  const parts: string[] = [];
  let from = 0;
  let tail = "";
  const write = (part: string) => {
    parts.push(part);
    tail = (tail + part).slice(-seen);
  };
  for (; start >= 0; start = text.indexOf(opening, from)) {
    const end = text.indexOf(closing, start);
    if (end < 0) break;
    write(text.slice(from, start));
    const mark = text.slice(start + 1, end);
    const after = text.slice(end + 1, end + 1 + seen);
    const { shown, taken } = settleOne(tail, mark, after, notes);
    write(shown);
    from = end + 1 + taken;
  }
  parts.push(text.slice(from));
  return parts.join("").replaceAll(opening, "").replaceAll(closing, "");
}

/** How a mark is written, and how much of what follows is written with it. */
function settleOne(
  before: string,
  mark: string,
  after: string,
  notes: ReadonlySet<string>,
): { readonly shown: string; readonly taken: number } {
  const as = (shown: string, taken = 0) => ({ shown, taken });
  const bareMark = mark.replace(/^\[|\]$/g, "");
  if (before.trim() === "") return as(`[${bareMark}]`);
  if (plain.test(mark) || symbols.test(mark)) return as(mark);
  const isBehindDigit = /\d$/.test(before);
  if (ordinal.test(mark) && isBehindDigit) return as(mark);
  // A part of a fraction, whose line is not raised.
  if (/^\d+$/.test(mark) && /^\s?[/⁄]\s?\d/.test(after)) return as(`${isBehindDigit ? " " : ""}${mark}`);
  if (!isNote(before, mark, notes)) return as(`^${/[\s+*/,]|.[-−–]/u.test(mark) ? `(${mark})` : mark}`);
  const word = isBehindDigit ? (/^\s{0,2}\p{L}{1,40}/u.exec(after)?.[0] ?? "") : "";
  return as(`${word}[${bareMark}]`, word.length);
}

function isNote(before: string, mark: string, notes: ReadonlySet<string>): boolean {
  if (!noteMark.test(mark)) return false;
  if (mark.startsWith("[")) return true;
  const isKnown = mark.split(/\s?[,，–-]\s?/u).every((one) => notes.has(one.replace(/^\[|\]$/g, "")));
  if (/\p{P}$/u.test(before) && !/[)\]}]$/u.test(before)) return true;
  if (/\d$/.test(before)) return isKnown && !/(?:[×x·⋅*]\s?|^|[\s(])10$/u.test(before);
  if (unit.test(before) && /^[1-9]$/.test(mark)) return false;
  if (/[)\]}]$/u.test(before) || /(?:^|[^\p{L}])\p{L}$/u.test(before)) return isKnown;
  return true;
}
