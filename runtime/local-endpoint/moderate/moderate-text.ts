import { chineseShare } from "../embed/language";
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

/** Chinese text by the Chinese model, English by the English one, mixed text by both. */
export async function moderateText(text: string, moderators: Moderators, signal: AbortSignal): Promise<Moderation> {
  const share = chineseShare(text);
  const windows: Scores[] = [];
  let tokens = 0;
  if (share > 0) {
    const read = await (await moderators.chinese()).classify(text, signal);
    windows.push(...read.windows.map(chineseScores));
    tokens += read.tokens;
  }
  if (share < 1) {
    const plain = withoutTradePhrases(text);
    const read = await (await moderators.english()).classify(plain, signal);
    windows.push(...read.windows.map((probabilities) => englishScores(probabilities, plain)));
    tokens += read.tokens;
  }
  const scores = joinScores(windows);
  return { flagged: Object.values(scores).some((score) => score >= FLAGGED), scores, tokens };
}
