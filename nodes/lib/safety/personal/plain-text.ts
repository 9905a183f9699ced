/** A text as detectors read it, and where each of its code units stood in the text that was given. */
export interface PlainText {
  readonly text: string;
  /** Place in the given text of a place in the plain one. */
  readonly start: (index: number) => number;
  /** The same of an exclusive end: what was left out inside belongs to it, what follows does not. */
  readonly end: (index: number) => number;
}

const removed = 0xffff;
/** Soft hyphens, zero widths, marks of direction, variation selectors: a reader sees none of them. */
const invisible = /\p{Default_Ignorable_Code_Point}/u;

const plainUnit = (unit: number, digit: number): number => {
  const character = String.fromCharCode(unit);
  if (invisible.test(character)) return removed;
  if (character === "\t" || /\p{Zs}/u.test(character)) return 0x20;
  if (/\p{Pd}|[\u2043\u2212]/u.test(character)) return 0x2d;
  if (digit >= 0) return 0x30 + digit;
  // Raised and circled figures are marks beside a number, not more of its digits.
  if (/\p{No}/u.test(character)) return unit;
  const composed = character.normalize("NFKC");
  return composed.length === 1 ? composed.charCodeAt(0) : unit;
};

interface Tables {
  readonly plain: Uint16Array;
  readonly mark: Uint8Array;
}
let tables: Tables | null = null;

/** One entry a code unit, made on first use. The digits of a script stand in tens, from zero up. */
const plainTables = (): Tables => {
  if (tables !== null) return tables;
  const plain = new Uint16Array(0x10000);
  const mark = new Uint8Array(0x10000);
  let run = 0;
  for (let unit = 0; unit < 0x10000; unit += 1) {
    const character = String.fromCharCode(unit);
    const isDigit = /\p{Nd}/u.test(character);
    plain[unit] = plainUnit(unit, isDigit ? run % 10 : -1);
    mark[unit] = /\p{M}/u.test(character) ? 1 : 0;
    run = isDigit ? run + 1 : 0;
  }
  tables = { plain, mark };
  return tables;
};

/** Letters and digits that mathematicians write, which lie beyond the first plane. */
const mathematical = (text: string, at: number): number => {
  const point = text.codePointAt(at) ?? 0;
  if (point < 0x1d400 || point > 0x1d7ff) return 0;
  const plain = String.fromCodePoint(point).normalize("NFKC");
  return plain.length === 1 ? plain.charCodeAt(0) : 0;
};

/**
 * The text with every blank a space, every dash a hyphen, every decimal digit and every full-width or compatibility form plain, letters joined with
 * their accents, and nothing that has no width. Line ends stay.
 */
export const plainText = (given: string): PlainText => {
  if (!/[^\n\r\x20-\x7e]/.test(given)) return { text: given, start: (index) => index, end: (index) => index };
  const { plain, mark } = plainTables();
  const units = new Uint16Array(given.length);
  const starts = new Uint32Array(given.length + 1);
  const ends = new Uint32Array(given.length + 1);
  let length = 0;
  for (let at = 0; at < given.length; at += 1) {
    const unit = given.charCodeAt(at);
    const math = unit >= 0xd835 && unit <= 0xd836 ? mathematical(given, at) : 0;
    const value = math > 0 ? math : (plain[unit] ?? unit);
    const after = at + (math > 0 ? 2 : 1);
    // What has no width lies inside a finding only where more of it follows, so no end moves.
    if (value === removed) continue;
    if (mark[unit] === 1 && length > 0) {
      const joined = String.fromCharCode(units[length - 1] ?? 0, unit).normalize("NFC");
      if (joined.length === 1) {
        units[length - 1] = joined.charCodeAt(0);
        ends[length - 1] = after;
        continue;
      }
    }
    units[length] = value;
    starts[length] = at;
    ends[length] = after;
    length += 1;
    at = after - 1;
  }
  starts[length] = given.length;
  const text = new TextDecoder("utf-16le", { ignoreBOM: true }).decode(units.subarray(0, length));
  return {
    text,
    start: (index) => starts[index] ?? given.length,
    end: (index) => (index === 0 ? 0 : (ends[index - 1] ?? given.length)),
  };
};
