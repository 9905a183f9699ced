import { interruptEvents } from "@/runtime/run/interrupt";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { figuresOfLog } from "../figures/view-of-plan";
import { foldRun, summaryOf } from "../run-record";
import { lateRuns, logText } from "../write-runs";

/** Ends a run that waits for people, and asks nobody any more. Says whether it did: not where somebody has answered first. */
export const cancelPaused = async (database: Database, runId: string, now: Date = new Date()): Promise<boolean> => {
  const log = await readRunLog(database, runId);
  if (log.at(-1)?.type !== "run-paused") return false;
  const error = { code: "aborted", message: "The run was cancelled." } as const;
  const events = interruptEvents(log, error, now.toISOString(), "aborted");
  const { endedAt, durationMs, errorCode, errorMessage } = summaryOf(foldRun([...log, ...events]));
  const text = logText(events);
  const figures = figuresOfLog(null, [...log, ...events]);
  const cancelled = await database.query<{ id: string }>(
    `WITH "cancelled" AS (
       UPDATE "Run" SET "status" = 'aborted', "endedAt" = $2::timestamp(3), "durationMs" = $3, "errorCode" = $4, "errorMessage" = $5,
         "figures" = CASE WHEN "deploymentId" IS NULL THEN NULL ELSE $9 END
       WHERE "id" = $1 AND "status" = 'paused' AND NOT EXISTS (SELECT 1 FROM "RunEventChunk" c WHERE c."runId" = $1 AND c."lastSeq" >= $6)
       RETURNING "id", "workspaceId", "startedAt", "deploymentId"
     ), ${lateRuns(`SELECT "id", "startedAt" FROM "cancelled" WHERE "deploymentId" IS NOT NULL`)}, "withdrawn" AS (
       UPDATE "InboxTask" SET "state" = 'withdrawn', "escalateAt" = NULL, "version" = "version" + 1
       WHERE "runId" = $1 AND "state" = 'open' AND EXISTS (SELECT 1 FROM "cancelled")
     ), "freed" AS (
       UPDATE "Conversation" SET "busyRunId" = NULL, "busySince" = NULL
       WHERE "id" IN (SELECT "conversationId" FROM "ConversationTurn" WHERE "runId" = $1) AND "busyRunId" = $1 AND EXISTS (SELECT 1 FROM "cancelled")
     ), "said" AS (
       INSERT INTO "RunEventChunk" ("runId", "firstSeq", "lastSeq", "workspaceId", "events")
       SELECT "id", $6, $7, "workspaceId", $8 FROM "cancelled"
     )
     SELECT "id" FROM "cancelled"`,
    [runId, endedAt, durationMs, errorCode, errorMessage, text.firstSeq, text.lastSeq, text.log, figures],
  );
  return cancelled.length > 0;
};
