import type { ScoredRun, ScorerContext } from "@/runtime/eval/contract/scorer";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { scorePair } from "@/runtime/eval/scorers/score-cell";
import { isNodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/platform/db/database";
import { JobFailure } from "@/server/platform/job/job-failure";
import type { Budget, Purse } from "./budget";
import { takeKnownPairs } from "./known-pairs";
import { repeatInParallel } from "./repeat-in-parallel";
import { scorerHash } from "./scorer-hash";

interface PairRow {
  readonly row: number;
  readonly repeat: number;
  readonly variant: number;
  readonly inputs: string;
  readonly expected: string;
  readonly tags: string[];
  readonly status: "success" | "failure";
  readonly outputs: string;
  readonly baseStatus: "success" | "failure";
  readonly baseOutputs: string;
}

export interface PairWorld {
  readonly database: Database;
  readonly workspaceId: string;
  readonly experimentId: string;
  readonly baseline: number;
  readonly concurrency: number;
  readonly contextOf: (onCost: (microUsd: number | null) => void) => ScorerContext;
  readonly budget: Budget;
  readonly signal: AbortSignal;
  readonly progress: (done: number) => void;
}

const page = 200;

const runOf = (status: "success" | "failure", outputs: string): ScoredRun => ({
  status,
  outputs: JSON.parse(outputs),
  error: null,
  durationMs: 0,
  inputTokens: 0,
  outputTokens: 0,
  costMicroUsd: null,
});

/**
 * Compares each answer with the baseline's by the scorers that compare; does only what is not there yet. false where the next would go beyond the budget.
 * Throws where the models do not answer at all.
 */
export const scorePairs = async (scorers: readonly ReadyScorer[], world: PairWorld): Promise<boolean> => {
  const { database, workspaceId, experimentId, baseline, concurrency, contextOf, budget, signal, progress } = world;
  let done = 0;
  for (const ready of scorers.filter(({ scorer }) => isPairScorer(scorer) && scorer.asksPerson !== true)) {
    const scorerId = ready.spec.id;
    await takeKnownPairs(database, { workspaceId, experimentId, baseline, scorerId, hash: scorerHash(ready) });
    for (;;) {
      signal.throwIfAborted();
      const open = await database.query<PairRow>(
        `SELECT c."row", c."repeat", c."variant", r."inputs", r."expected", r."tags", c."status", c."outputs", b."status" AS "baseStatus",
           b."outputs" AS "baseOutputs"
         FROM "ExperimentCell" c
         JOIN "ExperimentCell" b ON b."experimentId" = c."experimentId" AND b."row" = c."row" AND b."repeat" = c."repeat" AND b."variant" = $2
         JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
         WHERE c."experimentId" = $1 AND c."variant" <> $2 AND c."status" <> 'unanswered' AND b."status" <> 'unanswered' AND NOT EXISTS (SELECT 1 FROM "ExperimentPair" p WHERE p."experimentId" = $1
           AND p."scorerId" = $3 AND p."row" = c."row" AND p."variant" = c."variant" AND p."repeat" = c."repeat")
         ORDER BY c."row", c."variant", c."repeat" LIMIT ${page}`,
        [experimentId, baseline, scorerId],
      );
      if (open.length === 0) break;
      let failures = 0;
      let reason = "";
      const queue = [...open];
      const compare = async (pair: PairRow, purse: Purse) => {
        const row = { inputs: JSON.parse(pair.inputs), expected: JSON.parse(pair.expected), tags: pair.tags };
        const runs = [runOf(pair.baseStatus, pair.baseOutputs), runOf(pair.status, pair.outputs)] as const;
        const preference = await scorePair(ready, row, runs, contextOf(purse.pay)).catch((error: unknown) => {
          if (!isNodeFailure(error) || signal.aborted) throw error;
          // It has waited long; what is not compared is open, and is compared when the experiment goes on.
          if (error.options.passing === true) throw new JobFailure("models-away", error.message);
          failures += 1;
          reason = error.message;
          return { value: null, side: null, reason: error.message };
        });
        if (preference === null) return;
        // The pair and what it took are there together, or neither is.
        await database.prisma.$transaction([
          database.prisma.experimentPair.createMany({
            data: {
              workspaceId,
              experimentId,
              scorerId,
              row: pair.row,
              variant: pair.variant,
              repeat: pair.repeat,
              value: preference.value,
              side: preference.side ?? null,
              reason: (preference.reason ?? "").replaceAll("\0", "").toWellFormed().slice(0, 500),
            },
            skipDuplicates: true,
          }),
          database.prisma.experiment.updateMany({
            where: { id: experimentId, workspaceId },
            data: { spentMicroUsd: { increment: BigInt(Math.round(purse.cost)) } },
          }),
        ]);
        done += 1;
        progress(done);
      };
      /** Does one pair. false where none is left, or there is no room for it beside those under way. */
      const step = async (): Promise<boolean> => {
        signal.throwIfAborted();
        const pair = budget.hasRoom ? queue.shift() : undefined;
        if (pair === undefined) return false;
        const purse = budget.begin();
        try {
          await compare(pair, purse);
        } finally {
          purse.end(true);
        }
        return true;
      };
      if (budget.isBlind) await step();
      await repeatInParallel(Math.min(concurrency, open.length), step);
      if (queue.length > 0) return false;
      // A judge that answers nothing of a whole page will not answer the next.
      if (failures === open.length && open.length >= 10) throw new Error(`The judge does not answer: ${reason}`);
    }
  }
  return true;
};
