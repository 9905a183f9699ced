import { normalised } from "../scorers/lib/normalised";

/** Characters that are compared; what is longer is alike only as far as that. */
const longest = 20_000;
/** Characters whose pairs are counted. */
const counted = 1_000;

/** Pairs of neighbouring characters, each as one number, and how often each stands there. */
const pairsOf = (text: string): Map<number, number> => {
  const pairs = new Map<number, number>();
  const add = (first: number, second: number) => {
    const pair = first * 0x20_0000 + second;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  };
  const blank = 0x20;
  let before = blank;
  for (let place = 0; place < text.length; ) {
    const sign = text.codePointAt(place) as number;
    add(before, sign);
    before = sign;
    place += sign > 0xff_ff ? 2 : 1;
  }
  add(before, blank);
  return pairs;
};

const sizeOf = (pairs: ReadonlyMap<number, number>) => {
  let size = 0;
  for (const count of pairs.values()) size += count;
  return size;
};

/**
 * How near an answer is to what was expected: 1 where they are the same text (case, width, blanks and punctuation around it aside), else below 1: twice the pairs
 * of neighbouring characters that both have over all of both, with the blanks at their ends (L. R. Dice, Ecology 26 (1945) 297). Takes some microseconds for a
 * sentence, a millisecond at most.
 */
export const closeness = (answer: string, expected: string): number => {
  if (answer === expected && answer.length <= longest) return 1;
  const [one, other] = [normalised(answer.slice(0, longest)), normalised(expected.slice(0, longest))];
  if (one === other) return answer.length > longest || expected.length > longest ? 0.999 : 1;
  const [own, wanted] = [pairsOf(one.slice(0, counted)), pairsOf(other.slice(0, counted))];
  let shared = 0;
  for (const [pair, count] of own) shared += Math.min(count, wanted.get(pair) ?? 0);
  return Math.min(0.999, (2 * shared) / (sizeOf(own) + sizeOf(wanted)));
};
