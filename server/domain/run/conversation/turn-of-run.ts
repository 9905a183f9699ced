import type { Database } from "@/server/platform/db/database";

interface TurnOfRun {
  readonly conversation_id: string;
  readonly turn: number;
  /** Id of the end user as the caller gave it; empty where none was given. */
  readonly user: string;
  /** As `ownerKey` writes it. */
  readonly owner: string;
}

/** Which turn of which conversation a run is or is about to be; null for a run by itself, one that failed, and one that is forgotten. */
export const findTurnOfRun = async (database: Database, runId: string): Promise<TurnOfRun | null> => {
  const [found] = await database.query<TurnOfRun>(
    `SELECT c."name" AS "conversation_id", c."owner", c."endUser" AS "user", COALESCE(t."number", c."lastTurn" + 1) AS "turn"
     FROM "ConversationTurn" t JOIN "Conversation" c ON c."id" = t."conversationId"
     WHERE t."runId" = $1 AND (t."number" IS NOT NULL OR c."busyRunId" = $1)`,
    [runId],
  );
  return found ?? null;
};

/** The same as callers are told it. */
export const turnOfRun = async (database: Database, runId: string) => {
  const found = await findTurnOfRun(database, runId);
  return found === null ? null : { conversation_id: found.conversation_id, turn: found.turn };
};
