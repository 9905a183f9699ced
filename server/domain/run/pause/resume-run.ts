import type { PersonAnswer } from "@/runtime/node/people";
import { type GivenAnswer, resumeEvent } from "@/runtime/run/resume";
import type { Database } from "@/server/platform/db/database";
import type { RunShare } from "../recover-runs";
import { logText } from "../write-runs";

interface Decided {
  readonly id: string;
  readonly place: string;
  readonly answer: string;
  readonly workspaceId: string;
  readonly lastSeq: number;
}

/** `answerKey` taken apart. */
const givenOf = ({ place, answer }: Decided): GivenAnswer => {
  const parts = JSON.parse(place) as string[];
  return { path: parts.slice(0, -1), key: parts.at(-1) as string, answer: JSON.parse(answer) as PersonAnswer };
};

/**
 * Has a run that waits go on with what people have decided and it has not been told. Says whether it does: not where it is under way, where somebody was first, or where
 * nothing is decided. The event, the run's status and what was told change in one statement; who takes the run up is another matter.
 */
export const resumeRun = async (database: Database, runId: string, now: Date = new Date()): Promise<boolean> => {
  const decided = await database.query<Decided>(
    `SELECT t."id", t."place", t."answer", t."workspaceId",
       (SELECT max("lastSeq") FROM "RunEventChunk" c WHERE c."runId" = $1) AS "lastSeq"
     FROM "InboxTask" t WHERE t."runId" = $1 AND t."answer" IS NOT NULL AND NOT t."isApplied" ORDER BY t."decidedAt", t."id"`,
    [runId],
  );
  const [first] = decided;
  if (first === undefined) return false;
  const paused = { type: "run-paused", runId, seq: first.lastSeq, at: now.toISOString() } as const;
  const event = resumeEvent(paused, decided.map(givenOf), now.toISOString());
  if (event === null) return false;
  const { log, firstSeq, lastSeq } = logText([event]);
  const resumed = await database.query<{ id: string }>(
    `WITH "resumed" AS (
       UPDATE "Run" SET "status" = 'running', "leaseUntil" = NULL WHERE "id" = $1 AND "status" = 'paused'
         AND NOT EXISTS (SELECT 1 FROM "RunEventChunk" c WHERE c."runId" = $1 AND c."lastSeq" >= $3)
       RETURNING "id"
     ), "told" AS (
       UPDATE "InboxTask" SET "isApplied" = true WHERE "id" = ANY($5::text[]) AND EXISTS (SELECT 1 FROM "resumed")
     ), "said" AS (
       INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
       SELECT "id", $3, $4, $6, $2 FROM "resumed"
     )
     SELECT "id" FROM "resumed"`,
    [runId, log, firstSeq, lastSeq, decided.map(({ id }) => id), first.workspaceId],
  );
  return resumed.length > 0;
};

/** Runs looked at in one go. */
const mostAtOnce = 100;

/** Runs that wait although what they wait for is decided: because the app stopped in between, or because they were under way when it was. */
export const decidedRuns = async (database: Database, share: RunShare): Promise<readonly string[]> => {
  const rows = await database.query<{ runId: string }>(
    `SELECT t."runId" FROM "InboxTask" t JOIN "Run" r ON r."id" = t."runId"
     WHERE t."isApplied" = false AND t."state" IN ('approved', 'rejected', 'timedOut') AND r."status" = 'paused'
       AND ($1::text = 'all' OR r."trigger" = 'api')
     -- By chance, so that some that cannot go on keep no others from it.
     GROUP BY t."runId" ORDER BY random() LIMIT $2`,
    [share === "published" ? "published" : "all", mostAtOnce],
  );
  return rows.map(({ runId }) => runId);
};

interface UntoldRun {
  readonly id: string;
  readonly isPublished: boolean;
}

/** Runs that were told to go on and that nobody has taken up: the app stopped, or the database or the process that runs them was away, in between. */
export const untoldRuns = (database: Database): Promise<readonly UntoldRun[]> =>
  database.query<UntoldRun>(
    `SELECT "id", "trigger" = 'api' AS "isPublished" FROM "Run" WHERE "status" = 'running' AND "leaseUntil" IS NULL
     ORDER BY random() LIMIT $1`,
    [mostAtOnce],
  );
