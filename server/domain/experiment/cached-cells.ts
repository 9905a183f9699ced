import type { Score, ScoredRun } from "@/runtime/eval/contract/scorer";
import type { RunErrorCode } from "@/runtime/run/errors";
import type { Database } from "@/server/platform/db/database";
import type { ScoreError } from "./score-error";

export interface CachedCell {
  readonly runId: string | null;
  /** The experiment whose run gave it. */
  readonly sourceId: string;
  readonly run: ScoredRun;
  readonly attempts: number;
  /** Scores of then by the scorer's hash, and what kept scorers from scoring; only where the row expected the same. */
  readonly scores: ReadonlyMap<string, Score>;
  readonly scoreErrors: ReadonlyMap<string, ScoreError>;
}

interface Found {
  readonly cacheKey: string;
  readonly experimentId: string;
  readonly variant: number;
  readonly sourceId: string | null;
  readonly runId: string | null;
  readonly status: "success" | "failure";
  readonly outputs: string;
  readonly scores: string;
  readonly scoreErrors: Readonly<Record<string, ScoreError>>;
  readonly durationMs: number;
  readonly attempts: number;
  readonly inputTokens: number | null;
  readonly outputTokens: number | null;
  readonly costMicroUsd: string | number | null;
  readonly errorCode: string | null;
  readonly errorMessage: string | null;
  readonly scorerHashes: Readonly<Record<string, string>>;
  readonly expected: string;
}

/**
 * Failures that are mended outside the graph: none of the answers of a variant that met one is taken again. Taking only the good ones would let every new
 * start throw the dice again for the bad ones.
 */
const mendedElsewhere: readonly RunErrorCode[] = [
  "model-unauthorized",
  "model-address-blocked",
  "model-protocol",
  "model-unknown",
  "knowledge-unknown",
  "registry-unknown",
  "budget-exceeded",
  "file-missing",
  "interrupted",
  "internal",
];

export interface CacheScope {
  readonly workspaceId: string;
  /** The experiment that asks; its own cells are not in its cache. */
  readonly experimentId: string;
  /** A gate takes what gates have seen alone, and of that the first: nobody can try beside it until the luck is good. */
  readonly ofGates: boolean;
}

/** Answers of earlier experiments of the workspace, by cache key: failures as well as successes. */
export class CellCache {
  /** `experiment/variant` -> whether none of its answers is taken. */
  readonly #spoiled = new Map<string, boolean>();

  constructor(
    private readonly database: Database,
    private readonly scope: CacheScope,
  ) {}

  /** `wanted` is cache key -> the row's expected values as JSON text. */
  async find(wanted: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, CachedCell>> {
    for (;;) {
      const found = await this.#query([...wanted.keys()]);
      if (!(await this.#learn(found))) return new Map(found.map((cell) => [cell.cacheKey, cachedCell(cell, wanted)]));
    }
  }

  #query(keys: readonly string[]): Promise<Found[]> {
    const { workspaceId, experimentId, ofGates } = this.scope;
    const spoiled = [...this.#spoiled].flatMap(([place, isSpoiled]) => (isSpoiled ? [place] : []));
    return this.database.query<Found>(
      `SELECT DISTINCT ON (c."cacheKey") c."cacheKey", c."experimentId", c."variant", c."sourceId", c."runId", c."status", c."outputs", c."scores",
         c."scoreErrors", c."durationMs", c."attempts", c."inputTokens", c."outputTokens", c."costMicroUsd", c."errorCode", c."errorMessage", e."scorerHashes",
         r."expected"
       FROM "ExperimentCell" c JOIN "Experiment" e ON e."id" = c."experimentId"
       JOIN "ExperimentRow" r ON r."experimentId" = c."experimentId" AND r."row" = c."row"
       WHERE c."workspaceId" = $1 AND c."cacheKey" = ANY($2::text[]) AND c."status" <> 'unanswered' AND c."experimentId" <> $3
         AND NOT (c."experimentId" || '/' || c."variant" = ANY($4::text[])) ${ofGates ? `AND e."origin" = 'gate'` : ""}
       ORDER BY c."cacheKey", c."createdAt" ${ofGates ? "ASC" : "DESC"}`,
      [workspaceId, [...keys], experimentId, spoiled],
    );
  }

  /** Looks at variants it has not met. Whether one of them is spoiled, so that another answer has to be found. */
  async #learn(found: readonly Found[]): Promise<boolean> {
    const places = new Map(found.map((cell) => [`${cell.experimentId}/${cell.variant}`, cell.experimentId]));
    const fresh = [...places].filter(([place]) => !this.#spoiled.has(place));
    if (fresh.length === 0) return false;
    const spoiled = await this.database.query<{ place: string }>(
      `SELECT DISTINCT "experimentId" || '/' || "variant" AS "place" FROM "ExperimentCell"
       WHERE "experimentId" = ANY($1::text[]) AND "errorCode" = ANY($2::text[])`,
      [[...new Set(fresh.map(([, id]) => id))], [...mendedElsewhere]],
    );
    const isSpoiled = new Set(spoiled.map(({ place }) => place));
    for (const [place] of fresh) this.#spoiled.set(place, isSpoiled.has(place));
    return fresh.some(([place]) => isSpoiled.has(place));
  }
}

const cachedCell = (cell: Found, wanted: ReadonlyMap<string, string>): CachedCell => {
  const isSame = cell.expected === wanted.get(cell.cacheKey);
  const byHash = <Value>(values: Readonly<Record<string, Value>>) =>
    new Map(
      Object.entries(isSame ? values : {}).flatMap(([id, value]) => {
        const hash = cell.scorerHashes[id];
        return hash === undefined ? [] : [[hash, value] as const];
      }),
    );
  return {
    runId: cell.runId,
    sourceId: cell.sourceId ?? cell.experimentId,
    attempts: cell.attempts,
    run: {
      status: cell.status,
      outputs: JSON.parse(cell.outputs),
      error:
        cell.status === "failure" ? { code: cell.errorCode ?? "internal", message: cell.errorMessage ?? "" } : null,
      durationMs: cell.durationMs,
      inputTokens: cell.inputTokens,
      outputTokens: cell.outputTokens,
      costMicroUsd: cell.costMicroUsd === null ? null : Number(cell.costMicroUsd),
    },
    scores: byHash(JSON.parse(cell.scores) as Record<string, Score>),
    scoreErrors: byHash(
      Object.fromEntries(Object.entries(cell.scoreErrors).filter(([, { passing }]) => passing !== true)),
    ),
  };
};
