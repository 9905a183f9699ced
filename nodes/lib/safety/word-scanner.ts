import { atOnce, type Steps } from "@/runtime/node/steps";
import { AhoCorasick, type Units } from "./aho-corasick";
import { unitClass, unitTables } from "./fold";
import type { SimplifiedUnits } from "./simplified";

/** `start` and `end` are UTF-16 code units of the text as it was given, `end` exclusive; `word` is the place in the list. */
export interface WordMatch {
  readonly start: number;
  readonly end: number;
  readonly word: number;
}

interface Prepared extends Units {
  /** Where each unit stood in the text. */
  readonly at: Uint32Array;
}

/** How texts and words are made alike. */
interface Alike {
  /** Also what was done to a word to hide it. */
  readonly evasions: boolean;
  /** Simplified characters for traditional ones. */
  readonly simplified: SimplifiedUnits | null;
}

/**
 * The text as words are looked for in it: case and width folded, accents joined with their letters, any run of blanks one space. A single line end is a
 * blank, an empty line parts. With `evasions`, what was put between two Chinese characters to part them (blanks, a line end, `*`, `-`, `·` …, but no mark
 * that ends or parts a sentence), hyphens at the end of a line and characters of no width are gone.
 */
const prepare = (text: string, { evasions, simplified }: Alike): Prepared => {
  const { fold, kind } = unitTables();
  const units = new Uint16Array(text.length);
  const at = new Uint32Array(text.length);
  let length = 0;
  const kindAt = (index: number): number =>
    index < text.length ? (kind[text.charCodeAt(index)] ?? 0) : unitClass.other;
  const mayPart = (what: number): boolean =>
    what === unitClass.space ||
    what === unitClass.lineEnd ||
    (evasions && (what === unitClass.skippable || what === unitClass.invisible));
  const put = (unit: number, index: number) => {
    units[length] = unit;
    at[length++] = index;
  };
  for (let from = 0; from < text.length; ) {
    const first = kindAt(from);
    if (first === unitClass.mark && length > 0) {
      const joined = String.fromCharCode(units[length - 1] ?? 0, text.charCodeAt(from)).normalize("NFC");
      if (joined.length === 1) units[length - 1] = joined.charCodeAt(0);
      else put(text.charCodeAt(from), from);
      from += 1;
      continue;
    }
    if (!mayPart(first)) {
      const folded = fold[text.charCodeAt(from)] ?? 0;
      put(simplified?.[folded] ?? folded, from++);
      continue;
    }
    let to = from + 1;
    while (mayPart(kindAt(to))) to += 1;
    const [before, behind] = [from > 0 ? kindAt(from - 1) : unitClass.other, kindAt(to)];
    const lines = lineEnds(text, from, to);
    if (lines > 1) {
      put(0x0a, from);
      from = to;
      continue;
    }
    const disguise = evasions && before === unitClass.cjk && behind === unitClass.cjk;
    const hyphened =
      evasions &&
      lines === 1 &&
      before === unitClass.word &&
      behind === unitClass.word &&
      /[-\u2010]/.test(text[from] ?? "");
    for (let blank = false; !disguise && !hyphened && from < to; from += 1) {
      const what = kindAt(from);
      const isBlank = what === unitClass.space || what === unitClass.lineEnd;
      if (what === unitClass.invisible || (isBlank && blank)) continue;
      blank = isBlank;
      put(blank ? 0x20 : (fold[text.charCodeAt(from)] ?? 0), from);
    }
    from = to;
  }
  return { units, length, at };
};

/** Line ends from `from` to `to`, a carriage return and its line feed being one. */
const lineEnds = (text: string, from: number, to: number): number => {
  let count = 0;
  for (let at = from; at < to; at += 1) {
    const unit = text.charCodeAt(at);
    if (unit === 0x0a || unit === 0x2028 || unit === 0x2029 || (unit === 0x0d && text.charCodeAt(at + 1) !== 0x0a))
      count += 1;
  }
  return count;
};

export interface WordScanner {
  /** From left to right; a match inside a longer one is left out. */
  scan(text: string): readonly WordMatch[];
  /** The same, left between what it does with the whole text. */
  steps(text: string): Steps<readonly WordMatch[]>;
}

/**
 * Finds the words of a list in texts. A word that begins or ends with a letter or digit of a script that is written with spaces stands by
 * itself there: `ass` is not in `class`. Chinese, Japanese and Korean words stand anywhere.
 */
export const createWordScanner = (
  words: readonly string[],
  { evasions = false, simplified = null }: Partial<Alike> = {},
): WordScanner => {
  const alike = { evasions, simplified };
  const { kind } = unitTables();
  const prepared = words.map((word) => trimmed(prepare(word, alike)));
  const automaton = new AhoCorasick(prepared);
  const isWord = (unit: number | undefined): boolean => unit !== undefined && kind[unit] === unitClass.word;
  const steps = function* (text: string): Steps<readonly WordMatch[]> {
    const { units, length, at } = prepare(text, alike);
    yield;
    const found: WordMatch[] = [];
    automaton.scan({ units, length }, (end, size, word) => {
      const start = end - size;
      if (start > 0 && isWord(units[start]) && isWord(units[start - 1])) return false;
      if (end < length && isWord(units[end - 1]) && isWord(units[end])) return false;
      const match = { start: at[start] ?? 0, end: endOf(text, at[end - 1] ?? 0), word };
      for (let last = found.at(-1); last !== undefined && last.start >= match.start; last = found.at(-1)) found.pop();
      found.push(match);
      return true;
    });
    return found;
  };
  return { steps, scan: (text) => atOnce(steps(text)) };
};

/** Behind a character and the accents that were joined with it. */
const endOf = (text: string, last: number): number => {
  const { kind } = unitTables();
  let end = last + 1;
  while (end < text.length && kind[text.charCodeAt(end)] === unitClass.mark) end += 1;
  return end;
};

const trimmed = ({ units, length }: Units): Units => {
  let from = 0;
  let to = length;
  while (from < to && units[from] === 0x20) from += 1;
  while (to > from && units[to - 1] === 0x20) to -= 1;
  return { units: units.subarray(from, to), length: to - from };
};
