/** Chinese characters and the kana that a Chinese tokenizer also knows. */
const han = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
/** Words of every other script. */
const word = /[\p{L}\p{M}]+/gu;

/** Chinese characters that carry about as much as one English word. */
const CHARACTERS_A_WORD = 1.6;
/** Below this a Chinese character is a quotation, above this a Latin word is a name: then the text is of one language. */
const QUOTED = 0.1;
const NAMES = 0.5;

/** How much of a text is Chinese, from 0 to 1. A text with neither, such as a number, counts as English. */
export function chineseShare(text: string): number {
  const characters = text.match(han)?.length ?? 0;
  if (characters === 0) return 0;
  const chinese = characters / CHARACTERS_A_WORD;
  const other = text.replace(han, " ").match(word)?.length ?? 0;
  const share = chinese / (chinese + other);
  if (share <= QUOTED) return 0;
  return share >= NAMES ? 1 : share;
}
