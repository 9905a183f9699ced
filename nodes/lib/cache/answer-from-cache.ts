import type { CacheQuestion, NearAnswer } from "@/runtime/capability/cache/contract";
import { cacheLimits } from "@/runtime/capability/cache/limits";
import type { CacheLookup, CacheReason } from "@/runtime/capability/cache/lookup";
import type { NodeContext } from "@/runtime/node/context";
import { isNodeFailure } from "@/runtime/node/node-failure";
import { rounded } from "../similarity";
import type { CacheConfig } from "./cache-config";
import { differenceOf } from "./differences";
import { normalised } from "./normalise";
import { holdsPersonalData } from "./personal";

type Values = Readonly<Record<string, unknown>>;
type Hit = Extract<CacheLookup, { outcome: "hit" }>;

/** What a step decided about its question. Plain JSON: it is decided once in a run. */
export type Decision =
  | { readonly outcome: "hit"; readonly outputs: Values; readonly ageMs: number }
  | {
      readonly outcome: "miss";
      /** Holds the place of the answer in the store; null where it is not kept. */
      readonly claim: string | null;
      /** Of the question, where it was embedded. */
      readonly vector?: readonly number[];
    };

const nothingKept: Decision = { outcome: "miss", claim: null };

/** What the answer to a question depends on beside the question. */
interface Asked {
  /** As it came in. */
  readonly question: unknown;
  readonly others: Values;
}

/** Looks for an answer that may be given again, and tells the run what came of it. Never fails for the store or the embedding model: then the steps run. */
export const decide = async (config: CacheConfig, asked: Asked, ctx: NodeContext): Promise<Decision> => {
  const reason = await reasonAgainst(asked, ctx);
  if (reason !== null) return passBy(reason, ctx);
  const question = asked.question as string;
  const wanted: CacheQuestion = {
    question: question.trim(),
    form: normalised(question),
    others: asked.others,
    body: ctx.frames.content.hash,
    scope: config.scope,
  };
  try {
    const found = await ctx.cache.find(wanted);
    if (found.kind === "aside") return await passBy(found.reason, ctx);
    if (found.kind === "hit") return hit(found.answer, { way: found.waited ? "joined" : "same", similarity: 1 }, ctx);
    return config.match === "same"
      ? await miss({}, found.claim, ctx)
      : await byMeaning(config, wanted.question, found.claim, ctx);
  } catch (error) {
    ctx.signal.throwIfAborted();
    ctx.log("warn", `The store of answers cannot be reached; the steps run, and nothing is kept. ${said(error)}`);
    return passBy("unavailable", ctx);
  }
};

/** Why there is nothing to look for; null where there is. */
const reasonAgainst = async ({ question, others }: Asked, ctx: NodeContext): Promise<CacheReason | null> => {
  const { content } = ctx.frames;
  if (typeof question !== "string") return "no-question";
  const { length } = normalised(question);
  if (length === 0 || length > cacheLimits.question) return "no-question";
  if (content.readsConversation) return "conversation";
  if (content.boundToRun) return "hidden-inside";
  return (await holdsPersonalData([question, others], ctx.signal)) ? "personal-data" : null;
};

const byMeaning = async (config: CacheConfig, question: string, claim: string, ctx: NodeContext): Promise<Decision> => {
  let vector: readonly number[] | undefined;
  try {
    const { vectors } = await ctx.model.embed({ model: config.model, input: [question] });
    [vector] = vectors;
  } catch (error) {
    ctx.signal.throwIfAborted();
    if (!isNodeFailure(error)) throw error;
  }
  if (vector === undefined) {
    const message =
      "The embedding model did not answer: questions are compared by their words, and this answer is found by its words alone.";
    ctx.log("warn", message);
    return miss({}, claim, ctx);
  }
  const near = await ctx.cache.near(claim, vector, config.model);
  let nearest: Extract<CacheLookup, { outcome: "miss" }>["nearest"];
  for (const answer of near.slice(0, cacheLimits.nearest)) {
    const similarity = rounded(answer.similarity);
    const below = answer.similarity < config.threshold;
    const differs = below ? null : differenceOf(question, answer.question, config.terms);
    if (!below && differs === null) {
      ctx.cache.release(claim);
      await ctx.cache.used(claim, answer.id);
      return hit(answer, { way: "meaning", similarity }, ctx);
    }
    nearest ??= { question: answer.question, similarity, ...(differs === null ? {} : { differs }) };
    if (below) break;
  }
  return { ...(await miss(nearest === undefined ? {} : { nearest }, claim, ctx)), vector };
};

const hit = (
  { outputs, ageMs, runId, question, tookMs, costMicroUsd }: Omit<NearAnswer, "similarity">,
  how: Pick<Hit, "way" | "similarity">,
  ctx: NodeContext,
): Decision => {
  ctx.frames.lookedUp({
    outcome: "hit",
    ...how,
    sourceRunId: runId,
    sourceQuestion: question,
    ageMs,
    savedMs: tookMs,
    savedMicroUsd: costMicroUsd,
  });
  return { outcome: "hit", outputs, ageMs };
};

const miss = async (
  about: Omit<Extract<CacheLookup, { outcome: "miss" }>, "outcome">,
  claim: string,
  ctx: NodeContext,
): Promise<Extract<Decision, { outcome: "miss" }>> => {
  ctx.frames.lookedUp({ outcome: "miss", ...about });
  await counted("miss", ctx);
  return { outcome: "miss", claim };
};

/** What could not be counted is missing in the figures, not in the run. */
const counted = (outcome: "miss" | "aside", ctx: NodeContext): Promise<void> =>
  ctx.cache.count(outcome).catch((error: unknown) => ctx.log("debug", `Not counted: ${said(error)}`));

const passBy = async (reason: CacheReason, ctx: NodeContext): Promise<Decision> => {
  ctx.frames.lookedUp({ outcome: "aside", reason });
  if (reason !== "measured") await counted("aside", ctx);
  return nothingKept;
};

export const said = (error: unknown): string => (error instanceof Error ? error.message : String(error));
