import type { EmbedReply, EmbedRequest } from "@/runtime/node/context";
import { NodeFailure } from "@/runtime/node/node-failure";
import { byNearest } from "../similarity";
import type { Finding } from "./finding";
import { attackPhrases, harmlessPhrases } from "./injection-phrases";
import { type Piece, sentencesOf } from "./pieces";

export const similarityLimits = { sentenceCharacters: 300, sentences: 500 } as const;

/** Texts that an endpoint takes in one request. */
const textsAtOnce = 200;

/** Set on held-out sentences in both languages; see the benchmark. */
const sharpness = 0.03;
const voters = 5;

export interface SimilarityFindings {
  /** Of the sentence that is most like an attack. */
  readonly score: number;
  readonly findings: readonly Finding[];
}

/** Compares each sentence with known attacks and with what people ask in good faith. `threshold` is exclusive. */
export const findInjectionBySimilarity = async (
  text: string,
  { model, threshold }: { readonly model: string; readonly threshold: number },
  embed: (request: EmbedRequest) => Promise<EmbedReply>,
): Promise<SimilarityFindings> => {
  const sentences = sentencesOf(text, similarityLimits.sentenceCharacters);
  if (sentences.length > similarityLimits.sentences) {
    throw new NodeFailure(
      "value-invalid",
      `The text has ${sentences.length} sentences; at most ${similarityLimits.sentences} can be compared with known attacks.`,
      { hint: "Split the text before it is checked, or switch the comparison by meaning off." },
    );
  }
  if (sentences.length === 0) return { score: 0, findings: [] };
  const vectors = await embedAll(
    [...attackPhrases, ...harmlessPhrases, ...sentences.map((sentence) => sentence.text.trim())],
    model,
    embed,
  );
  const harmlessFrom = attackPhrases.length;
  const sentencesFrom = harmlessFrom + harmlessPhrases.length;
  const labels = [
    { name: "attack", vectors: vectors.slice(0, harmlessFrom) },
    { name: "harmless", vectors: vectors.slice(harmlessFrom, sentencesFrom) },
  ];
  const scored = sentences.map((sentence, index): readonly [Piece, number] => {
    const ranked = byNearest(vectors[sentencesFrom + index] ?? [], labels, sharpness, voters);
    return [sentence, ranked.find(({ name }) => name === "attack")?.confidence ?? 0];
  });
  return {
    score: scored.reduce((most, [, score]) => Math.max(most, score), 0),
    findings: scored
      .filter(([, score]) => score > threshold)
      .map(([{ start, end }, score]) => ({
        part: "injection",
        kind: "similar-to-attack",
        start,
        end,
        score: Math.min(1, score),
      })),
  };
};

const embedAll = async (
  texts: readonly string[],
  model: string,
  embed: (request: EmbedRequest) => Promise<EmbedReply>,
): Promise<readonly (readonly number[])[]> => {
  const vectors: (readonly number[])[] = [];
  for (let from = 0; from < texts.length; from += textsAtOnce) {
    const input = texts.slice(from, from + textsAtOnce);
    const reply = await embed({ model, input });
    if (reply.vectors.length !== input.length) {
      throw new NodeFailure(
        "model-protocol",
        `The embedding model gave ${reply.vectors.length} vectors for ${input.length} texts.`,
      );
    }
    vectors.push(...reply.vectors);
  }
  return vectors;
};
