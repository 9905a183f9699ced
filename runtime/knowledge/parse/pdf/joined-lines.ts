import type { PageLine } from "./page-line";

const bullet =
  /^(?:[•●○■□▪◦‣·*–—-]\s|\(?\d{1,3}[.)、）]\s?\D|\(?[a-z][.)]\s|[（(]?[一二三四五六七八九十]{1,3}[、）)]|第[一二三四五六七八九十百\d]{1,5}[条章节])/i;
const sentenceEnd = /[.!?。！？…:：;；]["'”’」』）)\]]*$/;

/** Whether `next` goes on with the paragraph that `line` is in. `leading` is the usual distance of two lines on the page. */
export function continues(line: PageLine, next: PageLine, leading: number, isNextPage: boolean): boolean {
  if (Math.abs(line.size - next.size) > 0.1 * Math.max(line.size, next.size)) return false;
  if ((line.turn ?? 0) !== (next.turn ?? 0) || bullet.test(next.text)) return false;
  const width = line.columnRight - line.columnLeft;
  const missing = line.columnRight - line.right;
  const ends = sentenceEnd.test(line.text);
  // A word or an address that goes on after its hyphen.
  const isCut = /\w[-/]$/.test(line.text);
  const isShort = !isCut && missing > Math.max(0.1 * width, 2 * line.size);
  if (isShort && (ends || missing > 0.4 * width)) return false;
  // An indented line begins a paragraph, but the second one of a list's item is indented too.
  const isIndented = next.left - next.columnLeft > 0.8 * next.size && line.left - line.columnLeft < 0.5 * line.size;
  if (isIndented && !bullet.test(line.text)) return false;
  const distance = next.y - line.y;
  if (!isNextPage && distance > 0) return distance < 1.35 * Math.max(leading, line.size);
  // The next column or page: what has ended may be a paragraph, and nothing else tells.
  return !ends;
}
