import type { ScoredRun, ScorerContext } from "@/runtime/eval/contract/scorer";
import { isPairScorer } from "@/runtime/eval/contract/scorer";
import type { ReadyScorer } from "@/runtime/eval/scorers/check-scorers";
import { scorePair } from "@/runtime/eval/scorers/score-cell";
import { isNodeFailure } from "@/runtime/node/node-failure";
import type { Database } from "@/server/db";

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
  readonly context: ScorerContext;
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

/** Compares each answer with the baseline's by the scorers that compare; does only what is not there yet. Throws where the models do not answer at all. */
export const scorePairs = async (scorers: readonly ReadyScorer[], world: PairWorld): Promise<void> => {
  const { database, workspaceId, experimentId, baseline, concurrency, context, signal, progress } = world;
  let done = 0;
  for (const ready of scorers.filter(({ scorer }) => isPairScorer(scorer) && scorer.asksPerson !== true)) {
    const scorerId = ready.spec.id;
    for (;;) {
      signal.throwIfAborted();
      const open = await database.query<PairRow>(
        `SELECT c."row", c."repeat", c."variant", r."inputs", r."expected", r."tags", c."status", c."outputs", b."status" AS "baseStatus",
           b."outputs" AS "baseOutputs"
         FROM "ExperimentCell" c
         JOIN "ExperimentCell" b ON b."experimentId" = c."experimentId" AND b."row" = c."row" AND b."repeat" = c."repeat" AND b."variant" = $2
         JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
         WHERE c."experimentId" = $1 AND c."variant" <> $2 AND NOT EXISTS (SELECT 1 FROM "ExperimentPair" p WHERE p."experimentId" = $1
           AND p."scorerId" = $3 AND p."row" = c."row" AND p."variant" = c."variant" AND p."repeat" = c."repeat")
         ORDER BY c."row", c."variant", c."repeat" LIMIT ${page}`,
        [experimentId, baseline, scorerId],
      );
      if (open.length === 0) break;
      let failures = 0;
      let reason = "";
      const queue = [...open];
      const work = async () => {
        for (let pair = queue.shift(); pair !== undefined; pair = queue.shift()) {
          signal.throwIfAborted();
          const row = { inputs: JSON.parse(pair.inputs), expected: JSON.parse(pair.expected), tags: pair.tags };
          const runs = [runOf(pair.baseStatus, pair.baseOutputs), runOf(pair.status, pair.outputs)] as const;
          const preference = await scorePair(ready, row, runs, context).catch((error: unknown) => {
            if (!isNodeFailure(error) || signal.aborted) throw error;
            failures += 1;
            reason = error.message;
            return { value: null, reason: error.message };
          });
          if (preference === null) continue;
          await database.prisma.experimentPair.createMany({
            data: {
              workspaceId,
              experimentId,
              scorerId,
              row: pair.row,
              variant: pair.variant,
              repeat: pair.repeat,
              value: preference.value,
              reason: (preference.reason ?? "").replaceAll("\0", "").toWellFormed().slice(0, 500),
            },
            skipDuplicates: true,
          });
          done += 1;
          progress(done);
        }
      };
      await Promise.all(Array.from({ length: Math.min(concurrency, open.length) }, work));
      // A judge that answers nothing of a whole page will not answer the next.
      if (failures === open.length && open.length >= 10) throw new Error(`The judge does not answer: ${reason}`);
    }
  }
};
