export interface MarkedText {
  readonly text: string;
  readonly marked: boolean;
}

const run = /\p{Script=Han}+|(?:(?!\p{Script=Han})[\p{L}\p{M}\p{N}])+/gu;
const han = /^\p{Script=Han}/u;

const normal = (word: string): string => word.normalize("NFKC").toLowerCase();

/** The search itself compares stems; here words count as alike that share their beginning and differ by an ending of a few letters. */
const alike = (left: string, right: string): boolean => {
  if (left === right) return true;
  const shorter = Math.min(left.length, right.length);
  if (Math.abs(left.length - right.length) > 4 || /\d/.test(left + right)) return false;
  if (shorter < 4) return `${left}s` === right || `${right}s` === left;
  const shared = Math.max(4, shorter - 2);
  return left.slice(0, shared) === right.slice(0, shared);
};

/** A text cut where words of a query stand in it. The parts joined are the text. */
export const markWords = (text: string, words: readonly string[]): readonly MarkedText[] => {
  const wanted = words.map(normal).filter((word) => word !== "");
  const chinese = wanted.filter((word) => han.test(word)).sort((left, right) => right.length - left.length);
  const other = wanted.filter((word) => !han.test(word));
  const ranges: { start: number; end: number }[] = [];
  for (const { 0: found, index } of text.matchAll(run)) {
    if (!han.test(found)) {
      const word = normal(found);
      if (other.some((one) => alike(one, word))) ranges.push({ start: index, end: index + found.length });
      continue;
    }
    for (const word of chinese) {
      for (let at = found.indexOf(word); at >= 0; at = found.indexOf(word, at + word.length)) {
        ranges.push({ start: index + at, end: index + at + word.length });
      }
    }
  }
  ranges.sort((left, right) => left.start - right.start);
  const parts: MarkedText[] = [];
  let from = 0;
  const push = (to: number, marked: boolean) => {
    if (to <= from) return;
    const last = parts.at(-1);
    const piece = text.slice(from, to);
    if (last?.marked === marked) parts[parts.length - 1] = { text: last.text + piece, marked };
    else parts.push({ text: piece, marked });
    from = to;
  };
  for (const { start, end } of ranges) {
    push(start, false);
    push(end, true);
  }
  push(text.length, false);
  return parts;
};

/** The part of a passage to show first: from a little before the first marked word on, where that lies far down. */
export const leadOf = (parts: readonly MarkedText[], before: number): number => {
  const first = parts.findIndex(({ marked }) => marked);
  if (first < 0) return 0;
  const at = parts.slice(0, first).reduce((sum, { text }) => sum + text.length, 0);
  if (at <= before * 2) return 0;
  const text = parts.map((part) => part.text).join("");
  // Words that are written apart are not cut.
  const space = text.slice(at - before, at).search(/\s/);
  return at - before + (space >= 0 && space < before / 2 ? space + 1 : 0);
};
