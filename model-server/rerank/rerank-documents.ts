import type { Result } from "@/runtime/graph/result";
import { ok } from "@/runtime/graph/result";
import type { EndpointError } from "../errors";
import { rareWordOverlaps } from "./rare-words";
import { sentences } from "./sentences";

export interface Ranked {
  readonly index: number;
  /** 0 to 1. */
  readonly score: number;
}

export type EmbedTexts = (
  texts: readonly string[],
) => Promise<Result<readonly { readonly vector: Float32Array; readonly tokens: number }[], EndpointError>>;

/** How much of a score is meaning; the rest is shared rare words: names, numbers and terms that a small model blurs. */
const MEANING = 0.7;
/** Similarities of unrelated sentences lie below this. */
const UNRELATED = 0.1;

/**
 * Late interaction instead of a cross-encoder: a document is as good as its best sentence, by embedding, together with the rare
 * words that it shares with the query. Best first; equal ones in their order.
 */
export async function rerankDocuments(
  query: string,
  documents: readonly string[],
  embed: EmbedTexts,
): Promise<Result<{ readonly ranked: readonly Ranked[]; readonly tokens: number }, EndpointError>> {
  const pieces = documents.map(sentences);
  const encoded = await embed([query, ...pieces.flat()]);
  if (!encoded.ok) return encoded;
  const [asked, ...vectors] = encoded.value;
  const overlaps = rareWordOverlaps(query, documents);
  let position = 0;
  const ranked = pieces.map((own, index) => {
    const similarities = own.map((_, piece) => dot(asked?.vector, vectors[position + piece]?.vector));
    position += own.length;
    const best = own.length > 0 ? Math.max(...similarities) : 0;
    const meaning = Math.min(1, Math.max(0, (best - UNRELATED) / (1 - UNRELATED)));
    return { index, score: own.length > 0 ? MEANING * meaning + (1 - MEANING) * (overlaps[index] ?? 0) : 0 };
  });
  ranked.sort((left, right) => right.score - left.score || left.index - right.index);
  return ok({ ranked, tokens: encoded.value.reduce((sum, { tokens }) => sum + tokens, 0) });
}

const dot = (left: Float32Array = new Float32Array(), right: Float32Array = new Float32Array()) =>
  left.reduce((sum, value, index) => sum + value * (right[index] ?? 0), 0);
