/**
 * What the two models tell apart. Both give one probability a class; a score is that probability, bent so that `FLAGGED` is the
 * point from which on it flags the text. The points were set by hand on some eighty everyday sentences, with more weight on
 * leaving harmless text alone than on finding all.
 */
export const FLAGGED = 0.9;

/** From this probability on a class flags. null: told, but it flags nothing. */
interface Category {
  readonly name: string;
  readonly flagsFrom: number | null;
}

/**
 * The Chinese model's classes in its order, after the first, which is "nothing wrong". Its two classes of everyday trade take
 * common customer questions ("退款需要三十天") for fraud or advertising with 0.9 and more, so they do not flag.
 */
const chinese: readonly Category[] = [
  { name: "advertising", flagsFrom: null },
  { name: "illicit_advertising", flagsFrom: 0.9 },
  { name: "harassment", flagsFrom: 0.7 },
  { name: "sexual", flagsFrom: 0.65 },
  { name: "gambling", flagsFrom: 0.7 },
  { name: "fraud", flagsFrom: null },
];

/**
 * The English model gives most rude, violent and medical text 0.95 and more; only the last hundredths tell. Said to somebody
 * ("you"), a little less is enough.
 */
const ENGLISH_FLAGS_FROM = 0.98;
const ENGLISH_FLAGS_FROM_TO_SOMEBODY = 0.97;
const toSomebody = /\b(you|your|you're|ur|u)\b/i;
const english = "toxicity";

export const categoryNames: readonly string[] = [...chinese.map(({ name }) => name), english];

export type Scores = Readonly<Record<string, number>>;

/** Of one window of a Chinese text. */
export function chineseScores(probabilities: readonly number[]): Scores {
  return Object.fromEntries(
    chinese.map(({ name, flagsFrom }, index) => [name, bend(probabilities[index + 1] ?? 0, flagsFrom)]),
  );
}

/** Of one window of an English text. */
export function englishScores(probabilities: readonly number[], text: string): Scores {
  const from = toSomebody.test(text) ? ENGLISH_FLAGS_FROM_TO_SOMEBODY : ENGLISH_FLAGS_FROM;
  return { [english]: bend(probabilities[1] ?? 0, from) };
}

/** The worst of all windows; a category nobody looked for is 0. */
export function joinScores(windows: readonly Scores[]): Record<string, number> {
  return Object.fromEntries(
    categoryNames.map((name) => [name, Math.max(0, ...windows.map((scores) => scores[name] ?? 0))]),
  );
}

function bend(probability: number, flagsFrom: number | null): number {
  if (flagsFrom === null || probability < flagsFrom) return (FLAGGED * probability) / (flagsFrom ?? 1);
  return FLAGGED + ((1 - FLAGGED) * (probability - flagsFrom)) / (1 - flagsFrom);
}

/** Phrases of trades in which hard words are harmless; the English model reads their neutral word instead. */
const tradePhrases: readonly (readonly [RegExp, string])[] = [
  [
    /\bkill(s|ed|ing)?\b(?=[^.!?]{0,30}\b(process(es)?|jobs?|tasks?|threads?|pids?|containers?|servers?|sessions?)\b)/gi,
    "stop",
  ],
  [/\b(master)\s*\/\s*(slave)\b/gi, "primary/replica"],
  [/\bdead(?=\s?locks?\b|\s+letters?\b|\s+code\b)/gi, "stuck"],
];

export const withoutTradePhrases = (text: string): string =>
  tradePhrases.reduce((read, [phrase, neutral]) => read.replace(phrase, neutral), text);
