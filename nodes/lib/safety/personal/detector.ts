import type { Steps } from "@/runtime/node/steps";
import type { Span } from "../finding";

/** In the order in which an equally sure and equally long finding wins. */
export const personalKinds = ["resident-id", "bank-card", "passport", "phone", "email", "ip", "name"] as const;
export type PersonalKind = (typeof personalKinds)[number];

/**
 * Finds one kind of personal data in a plain text (see `plainText`); places are UTF-16 code units of it. It is left after each place that was looked
 * at closer: a text that is made for it has a hundred thousand of them.
 * A score of 0.95 and more is proved by a checksum or a form that nothing else has, below that it rests on form and words around it.
 */
export type Detector = (text: string) => Steps<readonly Span[]>;

/** Every match of `pattern`, which has the flags `g` and `d`; what counts is its group `value`, or all of it where there is none. */
export function* matches(
  text: string,
  given: RegExp,
  score: (value: string, start: number, end: number) => number,
): Steps<readonly Span[]> {
  const spans: Span[] = [];
  // One of its own: another text may be looked through with the pattern before this one has its next turn.
  const pattern = new RegExp(given);
  yield;
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const [start, end] = found.indices?.groups?.value ?? [found.index, found.index + found[0].length];
    const sure = score(text.slice(start, end), start, end);
    if (sure > 0) spans.push({ start, end, score: sure });
    // What was refused may hide the beginning of what would not be.
    pattern.lastIndex = sure > 0 ? Math.max(end, found.index + 1) : found.index + 1;
    yield;
  }
  return spans;
}

/** The same of several patterns, one after the other. */
export function* matchesOfAll(
  text: string,
  patterns: readonly RegExp[],
  score: (value: string, start: number, end: number) => number,
): Steps<readonly Span[]> {
  const spans: (readonly Span[])[] = [];
  for (const pattern of patterns) spans.push(yield* matches(text, pattern, score));
  return spans.flat();
}

/** Whether one of the words stands on the same line, at most `reach` characters before. */
export const announced = (text: string, start: number, words: RegExp, reach: number): boolean => {
  const before = text.slice(Math.max(0, start - reach), start);
  return words.test(before.slice(before.lastIndexOf("\n") + 1));
};
