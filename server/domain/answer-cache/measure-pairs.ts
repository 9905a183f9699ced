import { differenceOf } from "@/nodes/lib/cache/differences";
import { dot, unit } from "@/nodes/lib/similarity";
import type { CacheDifference } from "@/runtime/capability/cache/lookup";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { ownCall } from "@/server/domain/knowledge/search/own-call";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { measurePairsInput } from "./answer-cache.types";
import { separatePairs } from "./separate-pairs";

/** Pairs that nobody has judged, the nearest of those that are asked about. */
const mostSuggested = 10;
/** Texts of one request to the model. */
const batch = 64;

interface Suggested {
  readonly left: string;
  readonly right: string;
  readonly similarity: number;
  readonly differs: CacheDifference | null;
}

/** How near the questions of each pair are, and which threshold parts those that are the same from those that are not. Stores nothing. */
export const measurePairs = editorProcedure.input(measurePairsInput).mutation(async ({ ctx, input }) => {
  const { model, pairs, terms, questions } = input;
  const call = ownCall(ctx.database, ctx.workspaceId, AbortSignal.timeout(60_000));
  const texts = [...new Set([...pairs.flatMap(({ left, right }) => [left, right]), ...questions])];
  const vectors = new Map<string, readonly number[]>();
  try {
    for (let start = 0; start < texts.length; start += batch) {
      const some = texts.slice(start, start + batch);
      const reply = await call.embed({ model, input: some });
      for (const [index, text] of some.entries()) vectors.set(text, unit(reply.vectors[index] ?? []));
    }
  } catch (error) {
    if (!isNodeFailure(error)) throw error;
    throw new ApplicationError("BAD_REQUEST", error.message, {
      reason: "input-invalid",
      hint: error.options?.hint ?? "",
    });
  }
  const similarityOf = (left: string, right: string) => dot(vectors.get(left) ?? [], vectors.get(right) ?? []);
  const measured = pairs.map((pair) => {
    const differs = differenceOf(pair.left, pair.right, terms);
    return { ...pair, similarity: similarityOf(pair.left, pair.right), differs, guarded: differs !== null };
  });
  const judged = new Set(pairs.flatMap(({ left, right }) => [`${left}\n${right}`, `${right}\n${left}`]));
  const suggested: Suggested[] = [];
  for (const [place, left] of questions.entries())
    for (const right of questions.slice(place + 1)) {
      if (left === right || judged.has(`${left}\n${right}`)) continue;
      suggested.push({ left, right, similarity: similarityOf(left, right), differs: differenceOf(left, right, terms) });
    }
  suggested.sort((one, other) => other.similarity - one.similarity);
  return { pairs: measured, separation: separatePairs(measured), suggested: suggested.slice(0, mostSuggested) };
});
