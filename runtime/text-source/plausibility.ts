import {
  arabicFinals,
  commonArabic,
  commonCyrillic,
  commonGreek,
  commonHangul,
  commonHebrew,
  commonJapanese,
  commonSimplified,
  commonSymbols,
  commonThai,
  commonTraditional,
  cyrillicAlphabets,
  familiarLetters,
  hebrewFinals,
  latinAlphabets,
  rareSymbols,
} from "./common-signs";

export interface Plausibility {
  /** -1 to 1: of the signs outside ASCII, how much they look like what people write. */
  readonly score: number;
  /** Different signs outside ASCII, each with what follows it: how much there is to judge by. */
  readonly evidence: number;
  /** Which writing those signs are mostly of. */
  readonly script: Script;
}

export type Script =
  | "latin"
  | "cyrillic"
  | "greek"
  | "hebrew"
  | "arabic"
  | "thai"
  | "han"
  | "kana"
  | "hangul"
  | "symbols";

const kindOf = (sign: string, code: number): Script | "bad" | "halfwidth" => {
  if (code === 0xfffd || (code >= 0x80 && code <= 0x9f) || (code >= 0xe000 && code <= 0xf8ff)) return "bad";
  if (commonSymbols.has(sign) || rareSymbols.has(sign)) return "symbols";
  if ((code >= 0xc0 && code <= 0x24f && code !== 0xd7 && code !== 0xf7) || (code >= 0x1e00 && code <= 0x1eff))
    return "latin";
  if (code >= 0x370 && code <= 0x3ff) return "greek";
  if (code >= 0x400 && code <= 0x52f) return "cyrillic";
  if (code >= 0x591 && code <= 0x5f4) return "hebrew";
  if (code >= 0x600 && code <= 0x6ff) return "arabic";
  if (code >= 0xe01 && code <= 0xe5b) return "thai";
  if (code >= 0x3041 && code <= 0x30ff) return "kana";
  if (code >= 0xac00 && code <= 0xd7a3) return "hangul";
  if (code >= 0x4e00 && code <= 0x9fff) return "han";
  if (code >= 0xff61 && code <= 0xff9f) return "halfwidth";
  if (code > 0xffff && /\p{Script=Han}/u.test(sign)) return "han";
  return /\p{Co}|\p{Cn}|\p{Cs}|\p{Cc}/u.test(sign) ? "bad" : "symbols";
};

const none: ReadonlySet<string> = new Set();

const isAsciiLetter = (sign: string): boolean => /^[a-z]$/i.test(sign);
const isUpper = (sign: string): boolean => sign !== sign.toLowerCase();
const isLower = (sign: string): boolean => sign !== sign.toUpperCase();
/** Thai vowels and tones that stand on the consonant before them. */
const thaiMark = (code: number): boolean =>
  code === 0xe31 || (code >= 0xe34 && code <= 0xe3a) || (code >= 0xe47 && code <= 0xe4e);
const thaiBase = (code: number): boolean => code >= 0xe01 && code <= 0xe2e;

/**
 * How much a decoded text looks like one that people write: signs that the language uses often, letters of one alphabet in a word, capitals at the
 * beginning of words. Of the same bytes the right encoding gets most, nearly always. `usual` holds the Chinese signs or Korean syllables that the
 * encoding itself counts among the usual ones.
 */
export function plausibilityOf(text: string, usual: ReadonlySet<string> = none): Plausibility {
  const signs = [...text];
  const counts = new Map<Script, number>();
  const letters: { readonly latin: string[]; readonly cyrillic: string[] } = { latin: [], cyrillic: [] };
  const seen = new Set<string>();
  let sum = 0;
  let total = 0;
  for (let at = 0; at < signs.length; at++) {
    const sign = signs[at] ?? "";
    const code = sign.codePointAt(0) ?? 0;
    if (code < 0x80) continue;
    const before = signs[at - 1] ?? " ";
    const after = signs[at + 1] ?? " ";
    const kind = kindOf(sign, code);
    total++;
    seen.add(sign + after);
    if (kind === "bad") {
      sum -= code === 0xfffd ? 2 : 1;
      continue;
    }
    const script = kind === "halfwidth" ? "kana" : kind;
    counts.set(script, (counts.get(script) ?? 0) + 1);
    if (kind === "latin") letters.latin.push(sign);
    if (kind === "cyrillic") letters.cyrillic.push(sign);
    sum += signValue({ kind, sign, code, before, after, usual });
  }
  if (total === 0) return { score: 1, evidence: 0, script: "latin" };
  sum -= unspeakable(text);
  sum += foreignLetters(letters.latin, latinAlphabets) + foreignLetters(letters.cyrillic, cyrillicAlphabets);
  const [script] = [...counts].sort(([, left], [, right]) => right - left)[0] ?? ["symbols"];
  return { score: Math.max(-1, Math.min(1, sum / total)), evidence: seen.size, script: script as Script };
}

interface Place {
  readonly kind: Script | "halfwidth";
  readonly sign: string;
  readonly code: number;
  readonly before: string;
  readonly after: string;
  readonly usual: ReadonlySet<string>;
}

function signValue({ kind, sign, code, before, after, usual }: Place): number {
  const between = Number(isAsciiLetter(before)) + Number(isAsciiLetter(after));
  switch (kind) {
    case "latin":
      return latinValue(sign, before, after, between);
    case "cyrillic":
      if (between > 0) return -1;
      return wordValue(sign, before, after, /\p{Script=Cyrillic}/u) + (commonCyrillic.has(sign) ? 0.2 : -0.2);
    case "greek":
      if (between > 0) return -1;
      return wordValue(sign, before, after, /\p{Script=Greek}/u) + (commonGreek.has(sign) ? 0.2 : -0.3);
    case "hebrew":
      if (between > 0 || (hebrewFinals.has(sign) && /\p{Script=Hebrew}/u.test(after))) return -1;
      return commonHebrew.has(sign) ? 0.9 : 0.3;
    case "arabic":
      if (between > 0 || (arabicFinals.has(sign) && /\p{Script=Arabic}/u.test(after))) return -1;
      return commonArabic.has(sign) ? 0.9 : 0;
    case "thai": {
      if (between > 0) return -0.8;
      const last = before.codePointAt(0) ?? 0;
      if (thaiMark(code) && !thaiBase(last) && !thaiMark(last)) return -1;
      if (/[เแโใไ]/.test(sign) && !thaiBase(after.codePointAt(0) ?? 0)) return -1;
      return commonThai.has(sign) ? 0.85 : -0.3;
    }
    case "han": {
      if (between === 2) return -1;
      const common = commonSimplified.has(sign) || commonTraditional.has(sign) || commonJapanese.has(sign);
      return (common ? 1 : usual.has(sign) ? 0.45 : -0.3) - (between > 0 ? 0.4 : 0);
    }
    case "kana":
      return between > 0 ? -0.5 : commonJapanese.has(sign) ? 0.95 : 0.1;
    case "hangul":
      return between === 2 ? -1 : commonHangul.has(sign) ? 1 : usual.has(sign) ? 0.4 : -0.3;
    case "halfwidth":
      // Old Japanese programs write whole words of them; by chance they stand alone.
      return between === 0 && (/[\uff61-\uff9f]/.test(before) || /[\uff61-\uff9f]/.test(after)) ? 0.45 : -0.8;
    case "symbols":
      return symbolValue(sign, before, after);
    default:
      return kind satisfies never;
  }
}

const accented = /[\u00c0-\u024f\u1e00-\u1eff]/;

/** Languages that write Latin letters write most of them without an accent. */
function latinValue(sign: string, before: string, after: string, between: number): number {
  if (between === 0 && (accented.test(before) || accented.test(after))) return -0.4;
  return wordValue(sign, before, after, /[\u00c0-\u024f\u1e00-\u1effa-z]/i) + (familiarLetters.has(sign) ? 0.25 : 0.12);
}

/** Of a letter among those of its own writing: capitals begin words or fill them. */
function wordValue(sign: string, before: string, after: string, own: RegExp): number {
  if (isUpper(sign)) {
    if (isLower(before) && own.test(before)) return -2.5;
    if (isLower(after) && own.test(after)) return 0.55;
    return own.test(before) || own.test(after) ? 0.58 : 0.1;
  }
  if (isUpper(before) && isUpper(after) && own.test(before) && own.test(after)) return -0.8;
  return own.test(before) || own.test(after) ? 0.7 : 0.3;
}

function symbolValue(sign: string, before: string, after: string): number {
  if (rareSymbols.has(sign)) return -0.8;
  const letters = Number(/\p{L}/u.test(before)) + Number(/\p{L}/u.test(after));
  if (!commonSymbols.has(sign)) return letters === 2 ? -1 : -0.5;
  if (/[’‘]/u.test(sign)) return letters > 0 ? 0.95 : 0.5;
  if (/[·・]/u.test(sign)) return 0.6;
  if (/[©®™№]/u.test(sign)) return /\p{L}/u.test(after) ? -0.6 : 0.3;
  if (/[\u3000-\u303f\uff00-\uff60]/u.test(sign)) return 0.8;
  // Inside a word nobody writes a currency, a quotation mark or a degree.
  if (letters === 2) return /[–—…]/u.test(sign) ? 0.2 : -0.9;
  if (/[€£¥₽°%]/u.test(sign)) return /[\d\s]/.test(before) || /[\d\s]/.test(after) ? 0.6 : 0;
  if (/[“„«‹¿¡]/u.test(sign)) return /\p{L}|\d/u.test(after) ? 0.7 : 0.1;
  return 0.35;
}

/** Letters that no single alphabet has together count against the text. */
function foreignLetters(letters: readonly string[], alphabets: readonly ReadonlySet<string>[]): number {
  if (letters.length === 0) return 0;
  const most = Math.max(...alphabets.map((alphabet) => letters.filter((letter) => alphabet.has(letter)).length));
  return -(letters.length - most) * 1.5;
}

/** Letters of words that nobody could say: Russian without a vowel, or modern Greek without its accent. */
function unspeakable(text: string): number {
  let letters = 0;
  for (const [word] of text.matchAll(/\p{Script=Cyrillic}{3,40}/gu)) {
    if (!/[аеёиоуыэюяіїєў]/i.test(word) || /^[ьъы]/i.test(word)) letters += word.length;
  }
  for (const [word] of text.matchAll(/[\u03ac-\u03ce]{4,40}/gu)) if (!/[ά-ίό-ώΐΰ]/.test(word)) letters += word.length;
  return letters * 0.4;
}
