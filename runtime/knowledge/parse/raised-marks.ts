/** Around what is raised, until the whole page tells what it means: two code points that no text can hold. */
const [opening, closing] = ["\ufdd0", "\ufdd1"];

/** Signs that are raised by their nature, and the ends of ordinal numbers. */
const plain = /^(?:[™®©°′″'"’”º]+|\(?(?:TM|SM|R)\)?)$/u;
const ordinal = /^(?:st|nd|rd|th|er|re|e|ère|ème|o|a|os|as)\.?$/iu;
const noteMark = /^(?:\d{1,3}(?:\s?[,，–-]\s?\d{1,3}){0,5}|\[\d{1,3}\]|\p{Ll}(?:,\p{Ll}){0,3})$/u;
const symbols = /^[*†‡§¶#]{1,3}$/u;
const unit = /(?:^|[\d\s(/·.⋅*×])(?:[kcdmµμn]?m|in|ft|yd|mi|s|h|d|K|kg|g|mol|N|Hz|km|cd|A|V|L|l)$/u;

export const raise = (before: string, text: string, parted: boolean): string => {
  const trimmed = text.trim();
  if (trimmed === "") return before;
  // Two that follow each other are one.
  if (before.endsWith(closing) && !parted) return `${before.slice(0, -1)}${trimmed}${closing}`;
  return `${before}${opening}${trimmed}${closing}${/\s$/.test(text) ? " " : ""}`;
};

/** An index: "H2O", and "10_2" where it would be read as a part of the number. */
export const lower = (before: string, text: string): string =>
  `${before}${/\d$/.test(before) && /^\d/.test(text.trim()) ? "_" : ""}${text.replace(/^\s+/, "")}`;

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
  let settled = text;
  for (let start = settled.indexOf(opening); start >= 0; start = settled.indexOf(opening)) {
    const end = settled.indexOf(closing, start);
    if (end < 0) return settled.replace(opening, "");
    settled = settleOne(settled.slice(0, start), settled.slice(start + 1, end), settled.slice(end + 1), notes);
  }
  return settled;
}

function settleOne(before: string, mark: string, after: string, notes: ReadonlySet<string>): string {
  const bareMark = mark.replace(/^\[|\]$/g, "");
  if (before.trim() === "") return `${before}[${bareMark}]${after}`;
  if (plain.test(mark) || symbols.test(mark)) return `${before}${mark}${after}`;
  if (ordinal.test(mark) && /\d$/.test(before)) return `${before}${mark}${after}`;
  // A part of a fraction, whose line is not raised.
  if (/^\d+$/.test(mark) && /^\s?[/⁄]\s?\d/.test(after))
    return `${before}${/\d$/.test(before) ? " " : ""}${mark}${after}`;
  if (!isNote(before, mark, notes)) return `${before}^${/[\s+*/,]|.[-−–]/u.test(mark) ? `(${mark})` : mark}${after}`;
  const word = /\d$/.test(before) ? /^\s{0,2}\p{L}{1,40}/u.exec(after)?.[0] : undefined;
  return word ? `${before}${word}[${bareMark}]${after.slice(word.length)}` : `${before}[${bareMark}]${after}`;
}

function isNote(text: string, mark: string, notes: ReadonlySet<string>): boolean {
  if (!noteMark.test(mark)) return false;
  const before = text.slice(-24);
  const isKnown = mark.split(/\s?[,，–-]\s?/u).every((one) => notes.has(one.replace(/^\[|\]$/g, "")));
  if (/\p{P}$/u.test(before) && !/[)\]}]$/u.test(before)) return true;
  if (/\d$/.test(before)) return isKnown && !/(?:[×x·⋅*]\s?|^|[\s(])10$/u.test(before);
  if (unit.test(before) && /^[1-9]$/.test(mark)) return false;
  if (/[)\]}]$/u.test(before) || /(?:^|[^\p{L}])\p{L}$/u.test(before)) return isKnown;
  return true;
}
