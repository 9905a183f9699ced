import type { NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Source } from "@/runtime/node/source";
import { missingFacts, readSource } from "../facts/facts";
import { isContradicted, readClauses } from "../facts/polarity";
import { sentencesOf, withoutCitations } from "../sentences";
import { dot, rounded, unit } from "../similarity";
import { unknownKinds } from "./named-kinds";
import { claimedFacts, unknownNames } from "./question-facts";
import { isCode, unknownSubject } from "./subject-words";
import type { SentenceVerdict } from "./verdict";

/** Texts of one question to the model, and the length of each in characters. */
const limits = { windows: 600, text: 2000, question: 500 } as const;

/** What a sentence is compared with: each sentence of a source, and each two that follow each other, for answers join what sources part. */
interface Window {
  readonly source: number;
  readonly text: string;
}

/** "On Mondays." affirms and denies nothing by itself: which of both, its question says. */
const leastWords = 4;
const wordsOf = (text: string): number => text.match(/\p{Script=Han}|[\p{L}\p{N}]+/gu)?.length ?? 0;

const windowsOf = (documents: readonly Source[]): readonly Window[] =>
  documents
    .flatMap(({ text }, source) => {
      const sentences = sentencesOf(text);
      const pairs = sentences.slice(1).map((sentence, index) => `${sentences[index]} ${sentence}`);
      return [...sentences, ...pairs].map((window) => ({ source, text: window.slice(0, limits.text).toWellFormed() }));
    })
    .slice(0, limits.windows);

/**
 * How near to a question a source must be to speak of it in other words: a quarter of the way from the least likeness of a sentence to 1. With the embedded model and a least likeness of 0.5 that is
 * 0.625. Measured on the half of the graded set that may be looked at: the 30 sources that answer reach 0.594 to 0.868, and of the 15 questions without an answer no source that lacks all words of
 * the question reaches more than 0.604.
 */
const nearQuestion = (threshold: number): number => threshold + (1 - threshold) / 4;

/**
 * A sentence is supported by a source that has a sentence near to it in meaning and, anywhere, every number, date and name of it, and that
 * does not deny what it says. With its question, an answer may be near as an answer to that. Likeness alone would take "three years" for "two years", and "refundable" for "not refundable".
 */
export const judgeBySimilarity = async (
  ctx: Pick<NodeContext, "model">,
  model: string,
  said: readonly string[],
  documents: readonly Source[],
  threshold: number,
  question = "",
): Promise<SentenceVerdict[]> => {
  const windows = windowsOf(documents);
  const claims = said.map((sentence) => withoutCitations(sentence).slice(0, limits.text).toWellFormed());
  const asked = question.trim().slice(0, limits.question).toWellFormed();
  // A short answer says what it means only together with its question: "Three months."
  const inContext = claims.map((claim) => (asked === "" ? claim : `${asked} ${claim}`));
  const elsewhere = unknownSubject(asked);
  // A section about a code often has it in its heading alone.
  const wholes = documents.map(({ text, heading = "" }) => `${heading}\n${text}`);
  const strange = wholes.map(elsewhere);
  const asksOtherwise = strange.some((words) => words.length > 0);
  const input = [
    ...new Set([...claims, ...inContext, ...(asksOtherwise ? [asked] : []), ...windows.map(({ text }) => text)]),
  ];
  const { vectors } = await ctx.model.embed({ model, input });
  if (vectors.length !== input.length) {
    throw new NodeFailure("model-protocol", `${vectors.length} vectors came back for ${input.length} texts.`);
  }
  const known = new Map(input.map((text, index) => [text, unit(vectors[index] ?? [])]));
  const likeness = (left: string, right: string) => dot(known.get(left) ?? [], known.get(right) ?? []);
  const unknown = unknownNames(asked);
  const otherKinds = unknownKinds(asked);
  const sources = documents.map(({ text }, source) => {
    const whole = wholes[source] ?? "";
    const facts = readSource(whole);
    const words = strange[source] ?? [];
    // Other words may say the same: a source that is near to the question speaks of it, but of no code that it does not have.
    const isNear =
      words.length > 0 &&
      !words.some(isCode) &&
      windows.some((window) => window.source === source && likeness(asked, window.text) >= nearQuestion(threshold));
    return {
      facts,
      clauses: readClauses(text),
      unknown: [...unknown(facts), ...otherKinds(whole), ...(isNear ? [] : words)],
    };
  });
  return said.map((text, index) => {
    const claim = claims[index] ?? "";
    const facts = claimedFacts(claim, asked);
    const saysWhole = asked === "" || wordsOf(claim) >= leastWords;
    const scores = documents.map((_, source) =>
      windows.reduce(
        (best, window) =>
          window.source === source
            ? Math.max(best, likeness(claim, window.text), likeness(inContext[index] ?? claim, window.text))
            : best,
        0,
      ),
    );
    const candidates = scores
      .map((score, source) => {
        const known = sources[source];
        const missing =
          known === undefined ? [] : [...new Set([...missingFacts(facts, known.facts), ...known.unknown])];
        const contradicted = saysWhole && known !== undefined && isContradicted(claim, known.clauses);
        return { source, score, missing, contradicted };
      })
      .sort((left, right) => right.score - left.score);
    const near = candidates.filter(({ score }) => score >= threshold);
    const best = near.find(({ missing, contradicted }) => missing.length === 0 && !contradicted) ?? candidates[0];
    if (best === undefined || best.score <= 0) {
      return { text, supported: false, source: null, score: 0, missing: [], contradicted: false };
    }
    const { source, score, missing, contradicted } = best;
    const supported = score >= threshold && missing.length === 0 && !contradicted;
    return { text, supported, source, score: rounded(score), missing: [...missing], contradicted };
  });
};
