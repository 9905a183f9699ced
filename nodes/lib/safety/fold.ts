/** What a UTF-16 code unit is to a search for words. */
export const unitClass = {
  other: 0,
  word: 1,
  cjk: 2,
  skippable: 3,
  space: 4,
  invisible: 5,
  lineEnd: 6,
  mark: 7,
} as const;

interface UnitTables {
  readonly width: Uint16Array;
  readonly fold: Uint16Array;
  readonly kind: Uint8Array;
}

const cjk = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;
const wordUnit = /[\p{L}\p{M}\p{N}]/u;
const invisible = /[\u00ad\u200b-\u200f\u2060\ufeff]/;
/** Marks that end or part a sentence: what stands on their two sides are different words, not one word in disguise. */
const parting = /[，。！？；：、,!?;:\r\n]/;

const kindOf = (text: string): number => {
  if (invisible.test(text)) return unitClass.invisible;
  if (/\s/.test(text)) return /[\r\n\u2028\u2029]/.test(text) ? unitClass.lineEnd : unitClass.space;
  if (/\p{Mn}/u.test(text)) return unitClass.mark;
  if (cjk.test(text)) return unitClass.cjk;
  if (wordUnit.test(text)) return unitClass.word;
  return parting.test(text) || !/[\p{P}\p{S}]/u.test(text) ? unitClass.other : unitClass.skippable;
};

const narrow = (unit: number): number => {
  if (unit >= 0xff01 && unit <= 0xff5e) return unit - 0xfee0;
  return unit === 0x3000 ? 0x20 : unit;
};

let tables: UnitTables | null = null;

/** One entry a code unit, made on first use: a look into an array costs a hundredth of a regular expression. */
export const unitTables = (): UnitTables => {
  if (tables !== null) return tables;
  const width = new Uint16Array(0x10000);
  const fold = new Uint16Array(0x10000);
  const kind = new Uint8Array(0x10000);
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const plain = narrow(unit);
    const lower = String.fromCharCode(plain).toLowerCase();
    width[unit] = plain;
    fold[unit] = lower.length === 1 ? lower.charCodeAt(0) : plain;
    // A full-width comma is as much a comma as a narrow one.
    kind[unit] = kindOf(String.fromCharCode(unit));
  }
  tables = { width, fold, kind };
  return tables;
};

/** Full-width letters, digits and signs as plain ones. Every code unit keeps its place. */
export const foldWidth = (text: string): string =>
  /[\u3000\uff01-\uff5e]/.test(text)
    ? text.replace(/[\u3000\uff01-\uff5e]/g, (unit) => String.fromCharCode(narrow(unit.charCodeAt(0))))
    : text;
