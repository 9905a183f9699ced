const sample = 20_000;
const common = /\b(?:the|and|of|to|in|is|that|for|with|are)\b/gi;
const scripts = {
  han: /\p{Script=Han}/gu,
  kana: /[\p{Script=Hiragana}\p{Script=Katakana}]/gu,
  hangul: /\p{Script=Hangul}/gu,
  letter: /\p{L}/gu,
} as const;

/** By its writing system, and English by its commonest words; undefined where that does not tell. */
export function guessLanguage(text: string): string | undefined {
  const begin = text.slice(0, sample);
  const count = (pattern: RegExp) => begin.match(pattern)?.length ?? 0;
  const letters = count(scripts.letter);
  if (letters === 0) return undefined;
  const kana = count(scripts.kana);
  if (kana / letters > 0.1) return "ja";
  if (count(scripts.hangul) / letters > 0.3) return "ko";
  // A Chinese word takes two signs where an English one takes five letters.
  if (count(scripts.han) / letters > 0.2) return "zh";
  const words = begin.match(/\p{L}+/gu)?.length ?? 1;
  return count(common) / words > 0.05 ? "en" : undefined;
}
