import { z } from "zod";

export const findingParts = ["word", "personal", "toxicity", "injection"] as const;
export type FindingPart = (typeof findingParts)[number];

/** What was found and where, never the words themselves: a finding is stored with the run and shown to whoever may see it. */
export const finding = z.object({
  part: z.enum(findingParts),
  /** Of a word its category, of personal data its kind, of toxicity the model's category, of an injection the rule. */
  kind: z.string(),
  /** UTF-16 code units of the text as it came in, end exclusive. */
  start: z.int().min(0),
  end: z.int().min(0),
  /** 0 to 1: how sure it is. */
  score: z.number().min(0).max(1),
});
export type Finding = z.output<typeof finding>;

export interface Span {
  readonly start: number;
  readonly end: number;
  readonly score: number;
}

/**
 * Joins spans that overlap into one that covers them all, so that nothing of what was found stays outside. It is of the kind of the surest
 * of them; of equally sure ones the longest, then the one that `order` names first, then the first in the text.
 */
export const unite = <T extends Span>(spans: readonly T[], order: (span: T) => number): readonly T[] => {
  const better = (left: T, right: T): boolean => {
    if (left.score !== right.score) return left.score > right.score;
    const longer = left.end - left.start - (right.end - right.start);
    return longer === 0 ? order(left) < order(right) : longer > 0;
  };
  const sorted = [...spans].sort(
    (left, right) => left.start - right.start || right.end - left.end || order(left) - order(right),
  );
  const united: { best: T; start: number; end: number }[] = [];
  for (const span of sorted) {
    const last = united.at(-1);
    if (last === undefined || span.start >= last.end) {
      united.push({ best: span, start: span.start, end: span.end });
      continue;
    }
    last.end = Math.max(last.end, span.end);
    if (better(span, last.best)) last.best = span;
  }
  return united.map(({ best, start, end }) => ({ ...best, start, end }));
};
