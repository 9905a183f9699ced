import type { ModerateReply, ModerateRequest } from "@/runtime/node/context";
import { isRecord } from "@/runtime/node/record";
import { type FailureContext, protocolFailure } from "./endpoint-failure";
import { inBatches, type LearntBatches, sumUsage } from "./openai-batches";
import { readInputUsage } from "./openai-usage";

const batchSize = 32;
/** Names of categories that are kept of one result. */
const mostCategories = 200;

type Result = ModerateReply["results"][number];

/** POST /moderations in requests of a size the server takes. */
export const moderateInBatches = async (
  request: ModerateRequest,
  learnt: LearntBatches,
  context: FailureContext,
  send: (input: readonly string[]) => Promise<unknown>,
): Promise<ModerateReply> => {
  const parts = await inBatches(request.input, learnt, request.model, batchSize, async (input) =>
    readResults(await send(input), input.length, context),
  );
  return {
    results: parts.flatMap(({ results }) => results),
    usage: sumUsage(parts.map(({ usage }) => usage)),
    costMicroUsd: null,
  };
};

const readResults = (answer: unknown, expected: number, context: FailureContext) => {
  const list = isRecord(answer) ? answer.results : undefined;
  if (!Array.isArray(list)) throw protocolFailure("sent no moderation results", context);
  if (list.length !== expected) {
    throw protocolFailure(`sent ${list.length} moderation results for ${expected} texts`, context);
  }
  const results = list.map((item) => readResult(item, context));
  return { results, usage: isRecord(answer) ? readInputUsage(answer.usage) : null };
};

/** Scores, or where a server gives none, its yes and no as 1 and 0. A result that says neither is no result. */
const readResult = (item: unknown, context: FailureContext): Result => {
  const named = isRecord(item) ? [item.category_scores, item.categories].find(isRecord) : undefined;
  if (!isRecord(item) || named === undefined) {
    throw protocolFailure("sent a moderation result without categories", context);
  }
  const scores = Object.entries(named)
    .slice(0, mostCategories)
    .map(([category, value]): [string, number] => {
      const score = typeof value === "boolean" ? Number(value) : value;
      if (typeof score !== "number" || !(score >= 0) || score > 1.001) {
        throw protocolFailure("sent a moderation score that is not between 0 and 1", context);
      }
      return [category, Math.min(1, score)];
    });
  const said = isRecord(item.categories) && Object.values(item.categories).some((value) => value === true);
  return {
    flagged: typeof item.flagged === "boolean" ? item.flagged : said,
    scores: Object.fromEntries(scores),
  };
};
