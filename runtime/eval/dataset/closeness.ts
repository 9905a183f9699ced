import { normalised } from "../scorers/lib/normalised";

/** Characters that are compared; what is longer is alike only as far as that. */
const longest = 20_000;
/** Characters whose pairs are counted. */
const counted = 2_000;

const pairsOf = (text: string): Map<string, number> => {
  const signs = [" ", ...text, " "];
  const pairs = new Map<string, number>();
  for (let place = 0; place + 1 < signs.length; place += 1) {
    const pair = `${signs[place]}${signs[place + 1]}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  return pairs;
};

const sizeOf = (pairs: ReadonlyMap<string, number>) => {
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
  const [one, other] = [normalised(answer.slice(0, longest)), normalised(expected.slice(0, longest))];
  if (one === other) return answer.length > longest || expected.length > longest ? 0.999 : 1;
  const [own, wanted] = [pairsOf(one.slice(0, counted)), pairsOf(other.slice(0, counted))];
  let shared = 0;
  for (const [pair, count] of own) shared += Math.min(count, wanted.get(pair) ?? 0);
  return Math.min(0.999, (2 * shared) / (sizeOf(own) + sizeOf(wanted)));
};
