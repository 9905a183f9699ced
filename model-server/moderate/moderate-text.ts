import { chineseScores, englishScores, FLAGGED, joinScores, type Scores, withoutTradePhrases } from "./categories";
import type { SequenceClassifier } from "./sequence-classifier";

export interface Moderation {
  readonly flagged: boolean;
  /** By category, 0 to 1. */
  readonly scores: Readonly<Record<string, number>>;
  readonly tokens: number;
}

export interface Moderators {
  readonly chinese: () => Promise<SequenceClassifier>;
  readonly english: () => Promise<SequenceClassifier>;
}

const han = /\p{Script=Han}/gu;
/** A few words, not a name or a unit inside Chinese text. */
const SENTENCE_WORDS = 3;
const latinWord = /\p{Script=Latin}[\p{Script=Latin}'’]+/gu;

/** Chinese text by the Chinese model, English by the English one; where a text has sentences of both, each by its own. */
export async function moderateText(text: string, moderators: Moderators, signal: AbortSignal): Promise<Moderation> {
  const hasChinese = text.search(han) !== -1;
  const hasEnglish = !hasChinese || (text.match(latinWord)?.length ?? 0) >= SENTENCE_WORDS;
  const windows: Scores[] = [];
  let tokens = 0;
  if (hasChinese) {
    const read = await (await moderators.chinese()).classify(text, signal);
    windows.push(...read.windows.map(chineseScores));
    tokens += read.tokens;
  }
  if (hasEnglish) {
    // The English model knows no Chinese and takes it for abuse.
    const plain = withoutTradePhrases(text.replace(han, " "));
    const read = await (await moderators.english()).classify(plain, signal);
    windows.push(...read.windows.map((probabilities) => englishScores(probabilities, plain)));
    tokens += read.tokens;
  }
  const scores = joinScores(windows);
  return { flagged: Object.values(scores).some((score) => score >= FLAGGED), scores, tokens };
}
