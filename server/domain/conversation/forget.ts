import type { Database } from "@/server/platform/db/database";
import { unknownForMs } from "./conversation.types";

/** Whether no run has the conversation `c`: none, one that has ended, or one that nobody has known of for so long. Parameters: now as ISO 8601, milliseconds. */
const isFree = (now: string, ms: string): string => `(
  c."busyRunId" IS NULL
  OR EXISTS (SELECT 1 FROM "Run" r WHERE r."id" = c."busyRunId" AND r."status" NOT IN ('running', 'paused'))
  OR (c."busySince" < (${now}::timestamptz AT TIME ZONE 'UTC') - ${ms} * interval '1 millisecond'
    AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."id" = c."busyRunId")
    AND NOT EXISTS (SELECT 1 FROM "BackgroundRun" b WHERE b."id" = c."busyRunId"))
)`;

/**
 * What was said and its summary go; the conversation itself stays for as long as there are records of its runs, so that who has them erased finds them. Whoever
 * speaks in it again begins anew. `chosen` says which, by `c`.
 */
const forget = async (database: Database, chosen: string, parameters: readonly unknown[]): Promise<number> => {
  const forgotten = await database.query<{ id: string }>(
    `WITH "forgotten" AS (
       UPDATE "Conversation" SET "forgottenAt" = $1::timestamptz AT TIME ZONE 'UTC', "summary" = '', "summaryUntil" = 0, "lastTurn" = 0,
         "busyRunId" = NULL, "busySince" = NULL
       WHERE "id" IN (SELECT c."id" FROM "Conversation" c WHERE c."forgottenAt" IS NULL AND ${isFree("$1", "$2")} AND ${chosen})
       RETURNING "id"
     ), "words" AS (
       UPDATE "ConversationTurn" SET "number" = NULL, "question" = '', "answer" = ''
       WHERE "conversationId" IN (SELECT "id" FROM "forgotten")
     )
     SELECT "id" FROM "forgotten"`,
    [...parameters],
  );
  return forgotten.length;
};

/** Conversations in which nobody has spoken for so many days. Those of which no record of a run is left go altogether. */
export const forgetConversations = async (
  database: Database,
  workspaceId: string,
  days: number,
  now: Date,
): Promise<number> => {
  const silent = `c."workspaceId" = $3 AND c."lastTurnAt" < ($1::timestamptz AT TIME ZONE 'UTC') - $4 * interval '1 day'`;
  const count = await forget(database, silent, [now.toISOString(), unknownForMs, workspaceId, days]);
  await database.query(
    `DELETE FROM "Conversation" c WHERE c."workspaceId" = $1 AND c."forgottenAt" IS NOT NULL AND NOT EXISTS (
       SELECT 1 FROM "ConversationTurn" t JOIN "Run" r ON r."id" = t."runId" WHERE t."conversationId" = c."id"
     )`,
    [workspaceId],
  );
  return count;
};

/** Forgotten in one go where there is no room for another. */
const pushedOut = 1_000;

/** The longest silent conversations of one turn: calls that nobody went on with. Not those of this hour, with whom somebody may be about to speak again. */
export const forgetSingleTurns = (database: Database, workspaceId: string, now: Date): Promise<number> =>
  forget(
    database,
    `c."id" IN (
       SELECT s."id" FROM "Conversation" s
       WHERE s."workspaceId" = $3 AND s."forgottenAt" IS NULL AND s."lastTurn" <= 1
         AND s."lastTurnAt" < ($1::timestamptz AT TIME ZONE 'UTC') - interval '1 hour'
       ORDER BY s."lastTurnAt" LIMIT $4
     )`,
    [now.toISOString(), unknownForMs, workspaceId, pushedOut],
  );
