import { AhoCorasick, type Units } from "./aho-corasick";
import { unitClass, unitTables } from "./fold";

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

/**
 * The text as words are looked for in it: case and width folded, any run of blanks one space. With `evasions`, what was put between two
 * Chinese characters to part them (blanks, `*`, `-`, `·` …, but no mark that ends or parts a sentence) and characters of no width are gone.
 */
const prepare = (text: string, evasions: boolean): Prepared => {
  const { fold, kind } = unitTables();
  const units = new Uint16Array(text.length);
  const at = new Uint32Array(text.length);
  let length = 0;
  const kindAt = (index: number): number =>
    index < text.length ? (kind[text.charCodeAt(index)] ?? 0) : unitClass.other;
  const mayPart = (what: number): boolean =>
    what === unitClass.space || (evasions && (what === unitClass.skippable || what === unitClass.invisible));
  for (let from = 0; from < text.length; ) {
    if (!mayPart(kindAt(from))) {
      units[length] = fold[text.charCodeAt(from)] ?? 0;
      at[length++] = from++;
      continue;
    }
    let to = from + 1;
    while (mayPart(kindAt(to))) to += 1;
    const disguise = evasions && from > 0 && kindAt(from - 1) === unitClass.cjk && kindAt(to) === unitClass.cjk;
    for (let blank = false; !disguise && from < to; from += 1) {
      const what = kindAt(from);
      if (what === unitClass.invisible || (what === unitClass.space && blank)) continue;
      blank = what === unitClass.space;
      units[length] = blank ? 0x20 : (fold[text.charCodeAt(from)] ?? 0);
      at[length++] = from;
    }
    from = to;
  }
  return { units, length, at };
};

export interface WordScanner {
  /** From left to right; a match inside a longer one is left out. */
  scan(text: string): readonly WordMatch[];
}

/**
 * Finds the words of a list in texts. A word that begins or ends with a letter or digit of a script that is written with spaces stands by
 * itself there: `ass` is not in `class`. Chinese, Japanese and Korean words stand anywhere.
 */
export const createWordScanner = (
  words: readonly string[],
  { evasions = false }: { readonly evasions?: boolean } = {},
): WordScanner => {
  const { kind } = unitTables();
  const prepared = words.map((word) => trimmed(prepare(word, evasions)));
  const automaton = new AhoCorasick(prepared);
  const isWord = (unit: number | undefined): boolean => unit !== undefined && kind[unit] === unitClass.word;
  return {
    scan: (text) => {
      const { units, length, at } = prepare(text, evasions);
      const found: WordMatch[] = [];
      automaton.scan({ units, length }, (end, size, word) => {
        const start = end - size;
        if (start > 0 && isWord(units[start]) && isWord(units[start - 1])) return false;
        if (end < length && isWord(units[end - 1]) && isWord(units[end])) return false;
        const match = { start: at[start] ?? 0, end: (at[end - 1] ?? 0) + 1, word };
        for (let last = found.at(-1); last !== undefined && last.start >= match.start; last = found.at(-1)) found.pop();
        found.push(match);
        return true;
      });
      return found;
    },
  };
};

const trimmed = ({ units, length }: Units): Units => {
  let from = 0;
  let to = length;
  while (from < to && units[from] === 0x20) from += 1;
  while (to > from && units[to - 1] === 0x20) to -= 1;
  return { units: units.subarray(from, to), length: to - from };
};
