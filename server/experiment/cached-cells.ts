import type { Score, ScoredRun } from "@/runtime/eval/contract/scorer";
import type { Database } from "@/server/db";

export interface CachedCell {
  readonly runId: string | null;
  readonly run: ScoredRun;
  /** Scores of then by the scorer's hash; only where the row expected the same. */
  readonly scores: ReadonlyMap<string, Score>;
}

interface Found {
  readonly cacheKey: string;
  readonly runId: string | null;
  readonly outputs: string;
  readonly scores: string;
  readonly durationMs: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: string | number | null;
  readonly scorerHashes: Readonly<Record<string, string>>;
  readonly expected: string;
}

/**
 * Answers of earlier experiments of the workspace, by cache key: the latest of each. Failures are never taken again. `wanted` is cache key -> the row's
 * expected values as JSON text.
 */
export const findCachedCells = async (
  database: Database,
  workspaceId: string,
  experimentId: string,
  wanted: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, CachedCell>> => {
  const found = await database.query<Found>(
    `SELECT DISTINCT ON (c."cacheKey") c."cacheKey", c."runId", c."outputs", c."scores", c."durationMs", c."inputTokens", c."outputTokens",
       c."costMicroUsd", e."scorerHashes", r."expected"
     FROM "ExperimentCell" c JOIN "Experiment" e ON e."id" = c."experimentId"
     JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
     WHERE c."workspaceId" = $1 AND c."cacheKey" = ANY($2::text[]) AND c."status" = 'success' AND c."experimentId" <> $3
     ORDER BY c."cacheKey", c."createdAt" DESC`,
    [workspaceId, [...wanted.keys()], experimentId],
  );
  return new Map(
    found.map((cell) => {
      const scores =
        cell.expected === wanted.get(cell.cacheKey) ? (JSON.parse(cell.scores) as Record<string, Score>) : {};
      return [
        cell.cacheKey,
        {
          runId: cell.runId,
          run: {
            status: "success" as const,
            outputs: JSON.parse(cell.outputs),
            error: null,
            durationMs: cell.durationMs,
            inputTokens: cell.inputTokens,
            outputTokens: cell.outputTokens,
            costMicroUsd: cell.costMicroUsd === null ? null : Number(cell.costMicroUsd),
          },
          scores: new Map(
            Object.entries(scores).flatMap(([id, score]) => {
              const hash = cell.scorerHashes[id];
              return hash === undefined ? [] : [[hash, score] as const];
            }),
          ),
        },
      ];
    }),
  );
};
