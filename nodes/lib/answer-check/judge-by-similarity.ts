import type { NodeContext } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import type { Source } from "@/runtime/node/source";
import { missingFacts, readSource } from "../facts/facts";
import { isContradicted, readClauses } from "../facts/polarity";
import { sentencesOf, withoutCitations } from "../sentences";
import { dot, rounded, unit } from "../similarity";
import { unknownKinds } from "./named-kinds";
import { claimedFacts, unknownNames } from "./question-facts";
import { unknownSubject } from "./subject-words";
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
  const input = [...new Set([...claims, ...inContext, ...windows.map(({ text }) => text)])];
  const { vectors } = await ctx.model.embed({ model, input });
  if (vectors.length !== input.length) {
    throw new NodeFailure("model-protocol", `${vectors.length} vectors came back for ${input.length} texts.`);
  }
  const known = new Map(input.map((text, index) => [text, unit(vectors[index] ?? [])]));
  const likeness = (left: string, right: string) => dot(known.get(left) ?? [], known.get(right) ?? []);
  const unknown = unknownNames(asked);
  const otherKinds = unknownKinds(asked);
  const elsewhere = unknownSubject(asked);
  const sources = documents.map(({ text, heading = "" }) => {
    // A section about a code often has it in its heading alone.
    const whole = `${heading}\n${text}`;
    const facts = readSource(whole);
    return {
      facts,
      clauses: readClauses(text),
      unknown: [...unknown(facts), ...otherKinds(whole), ...elsewhere(whole)],
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
