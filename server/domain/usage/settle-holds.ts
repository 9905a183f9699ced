import type { Database } from "@/server/platform/db/database";

/** Puts what `"change"` says into the windows: in one order, so that two statements lock them alike. */
const intoWindows = `
"sums" AS (
  SELECT "scope", "kind", "startsAt", sum("by")::bigint AS "by" FROM "change" GROUP BY 1, 2, 3
), "locked" AS (
  SELECT w."scope", w."kind", w."startsAt", s."by" FROM "UsageWindow" w JOIN "sums" s USING ("scope", "kind", "startsAt")
  ORDER BY 1, 2, 3 FOR UPDATE OF w
), "put" AS (
  UPDATE "UsageWindow" w SET
    "tokens" = CASE w."kind" WHEN 'tokensPerDay' THEN greatest(w."tokens" + l."by", 0) ELSE w."tokens" END,
    "costMicroUsd" = CASE w."kind" WHEN 'usdPerMonth' THEN greatest(w."costMicroUsd" + l."by", 0) ELSE w."costMicroUsd" END
  FROM "locked" l WHERE (w."scope", w."kind", w."startsAt") = (l."scope", l."kind", l."startsAt")
)`;

/** Holds looked at in one go. */
const mostAtOnce = 1_000;

const took = `CASE h."kind" WHEN 'tokensPerDay' THEN r."inputTokens" + r."outputTokens" ELSE coalesce(r."costMicroUsd", 0) END`;

/**
 * Counts what runs took in place of what was held for them, by their stored rows: of those that have ended for good, of those that wait for people as far as they have
 * come. In one statement, so that a crash counts nothing twice and forgets nothing. What is not known counts as nothing. `runIds` left out: all there are, a
 * bounded number. Gives how many holds changed.
 */
export const settleHolds = async (database: Database, runIds: readonly string[] | null = null): Promise<number> => {
  const [settled] = await database.query<{ holds: string }>(
    `WITH "known" AS (
       SELECT h."runId", h."scope", h."kind", h."startsAt", h."counted", ${took} AS "took", r."status" = 'paused' AS "waits"
       FROM "UsageHold" h JOIN "Run" r ON r."id" = h."runId"
       WHERE r."status" <> 'running' AND ($1::text[] IS NULL OR h."runId" = ANY($1))
         AND NOT (r."status" = 'paused' AND h."counted" = ${took})
       LIMIT ${mostAtOnce}
     ), "ended" AS (
       DELETE FROM "UsageHold" h USING "known" k
       WHERE NOT k."waits" AND (h."runId", h."scope", h."kind", h."counted") = (k."runId", k."scope", k."kind", k."counted")
       RETURNING h."scope", h."kind", h."startsAt", k."took" - h."counted" AS "by"
     ), "waiting" AS (
       UPDATE "UsageHold" h SET "counted" = k."took" FROM "known" k
       WHERE k."waits" AND (h."runId", h."scope", h."kind", h."counted") = (k."runId", k."scope", k."kind", k."counted")
       RETURNING h."scope", h."kind", h."startsAt", k."took" - k."counted" AS "by"
     ), "change" AS (SELECT * FROM "ended" UNION ALL SELECT * FROM "waiting"), ${intoWindows}
     SELECT count(*)::text AS "holds" FROM "change"`,
    [runIds],
  );
  return Number(settled?.holds ?? 0);
};

/** Gives back what is held for a run that does not begin. */
export const dropHolds = async (database: Database, runId: string): Promise<void> => {
  await database.query(
    `WITH "change" AS (
       DELETE FROM "UsageHold" WHERE "runId" = $1 RETURNING "scope", "kind", "startsAt", -"counted" AS "by"
     ), ${intoWindows} SELECT 1`,
    [runId],
  );
};

/** Forgets holds of runs that were never stored, after two days: what they took is not known, so what was held for them stays counted. */
export const removeOldHolds = async (database: Database): Promise<number> => {
  const removed = await database.query<{ runId: string }>(
    `DELETE FROM "UsageHold" WHERE ("runId", "scope", "kind") IN (
       SELECT h."runId", h."scope", h."kind" FROM "UsageHold" h
       WHERE h."createdAt" < (now() AT TIME ZONE 'utc') - interval '2 days'
         AND NOT EXISTS (SELECT 1 FROM "Run" r WHERE r."id" = h."runId")
         AND NOT EXISTS (SELECT 1 FROM "BackgroundRun" q WHERE q."id" = h."runId") LIMIT ${mostAtOnce}
     ) RETURNING "runId"`,
    [],
  );
  return removed.length;
};
