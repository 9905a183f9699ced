import { type LiveRuns, liveRunsOf } from "@/server/domain/run/live-runs";
import type { RunIdentity } from "@/server/domain/run/run-record";
import type { Database } from "@/server/platform/db/database";
import { backgroundLimits as limits } from "./background-limits";
import { beginWaiting, type WaitingRun } from "./begin-waiting";

/** How many of so many runs at once a workspace, or a key of it, may hold. */
const partOf = (atOnce: number, part: number): number => Math.max(1, Math.ceil(atOnce * part));

/**
 * Whose turn it is: each workspace in turn, those with fewest under way first, of a workspace each API key likewise, and of one key the oldest. So a key with a thousand runs
 * waits for itself, and another's first run for the next place that comes free; and no workspace holds all places.
 */
const nextRuns = (database: Database, underWay: readonly UnderWay[], atOnce: number): Promise<readonly WaitingRun[]> =>
  database.query<WaitingRun>(
    `WITH "busy" AS (SELECT "workspace", "key", count(*) AS "runs" FROM unnest($1::text[], $2::text[]) AS u("workspace", "key") GROUP BY 1, 2),
     "turns" AS (
       SELECT q."id", q."createdAt", q."workspaceId",
         row_number() OVER (PARTITION BY q."apiKeyId" ORDER BY q."createdAt", q."id") + coalesce(b."runs", 0) AS "turn"
       FROM "BackgroundRun" q LEFT JOIN "busy" b ON b."key" = q."apiKeyId" WHERE NOT q."isBegun"
     ), "fair" AS (
       SELECT t.*, row_number() OVER (PARTITION BY t."workspaceId" ORDER BY t."turn", t."createdAt", t."id")
         + coalesce((SELECT sum("runs") FROM "busy" b WHERE b."workspace" = t."workspaceId"), 0) AS "workspaceTurn"
       FROM "turns" t WHERE t."turn" <= $4
     ), "next" AS (
       SELECT * FROM "fair" WHERE "workspaceTurn" <= $5 ORDER BY "workspaceTurn", "turn", "createdAt", "id" LIMIT $3
     )
     SELECT q."id", q."workspaceId", q."deploymentId", q."pipelineId", q."revisionId", q."apiKeyId", q."way", q."inputs"
     FROM "next" n JOIN "BackgroundRun" q USING ("id") ORDER BY n."workspaceTurn", n."turn", n."createdAt", n."id"`,
    [
      underWay.map(({ workspaceId }) => workspaceId),
      underWay.map(({ apiKeyId }) => apiKeyId ?? ""),
      atOnce - underWay.length,
      partOf(atOnce, limits.partOfKey),
      partOf(atOnce, limits.partOfWorkspace),
    ],
  );
type UnderWay = Pick<RunIdentity, "workspaceId" | "apiKeyId">;

/** Begins runs of the queue as places come free. */
export class RunQueue {
  #busy: Promise<void> | null = null;
  #again = false;

  constructor(
    private readonly database: Database,
    private readonly atOnce: number = limits.atOnce,
  ) {}

  /** Looks whether a run can begin. May be called at any time; what comes while it looks is looked for afterwards. */
  wake(): void {
    if (this.#busy !== null) {
      this.#again = true;
      return;
    }
    this.#again = false;
    this.#busy = this.#begin()
      .catch((error: unknown) => console.error("runs of the queue could not begin, and are tried again:", error))
      .finally(() => {
        this.#busy = null;
        if (this.#again) this.wake();
      });
  }

  /** Resolves when nothing is being begun. */
  async idle(): Promise<void> {
    while (this.#busy !== null) await this.#busy;
  }

  async #begin(): Promise<void> {
    const runs = this.#runs();
    if (runs.isLeaving) return;
    const underWay = runs.background;
    if (underWay.length >= this.atOnce) return;
    const waiting = await nextRuns(this.database, underWay, this.atOnce);
    for (const each of waiting) {
      // One that cannot begin keeps no other from it.
      await beginWaiting(this.database, runs, each).catch((error: unknown) =>
        console.error(`background run ${each.id} could not begin, and is tried again:`, error),
      );
    }
  }

  #runs(): LiveRuns {
    return liveRunsOf(this.database);
  }
}

// On globalThis because Next loads this module more than once in one process.
const shared: typeof globalThis & { pipewrightRunQueues?: WeakMap<object, RunQueue> } = globalThis;

/** The queue of this process, one for each database it has open. */
export const runQueueOf = (database: Database): RunQueue => {
  shared.pipewrightRunQueues ??= new WeakMap();
  let queue = shared.pipewrightRunQueues.get(database);
  if (queue === undefined) {
    queue = new RunQueue(database);
    shared.pipewrightRunQueues.set(database, queue);
  }
  return queue;
};
