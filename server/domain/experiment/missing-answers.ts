import type { Database } from "@/server/platform/db/database";

/** Cells that are there but hold no answer, or lack a score, because a model was busy or away. */
const isMissing = `("status" = 'unanswered' OR EXISTS (
  SELECT 1 FROM jsonb_each("scoreErrors") AS e WHERE e.value->>'passing' = 'true'))`;

export const missingAnswers = async (database: Database, experimentId: string): Promise<number> => {
  const [row] = await database.query<{ count: number }>(
    `SELECT count(*)::int AS "count" FROM "ExperimentCell" WHERE "experimentId" = $1 AND ${isMissing}`,
    [experimentId],
  );
  return row?.count ?? 0;
};

/** Takes them out, so that they are asked for again; what a variant answered, or failed at, stays, and how often they were tried is kept. One statement: all or nothing. */
export const reopenMissing = async (database: Database, experimentId: string): Promise<void> => {
  await database.query(
    `WITH "gone" AS (
       DELETE FROM "ExperimentCell" WHERE "experimentId" = $1 AND ${isMissing} RETURNING "row", "variant", "repeat", "status", "attempts"
     ), "tried" AS (
       SELECT "row", jsonb_object_agg("variant" || '/' || "repeat", "attempts") AS "attempts" FROM "gone" GROUP BY "row"
     ), "rows" AS (
       UPDATE "ExperimentRow" r SET "open" = true, "failed" = false, "values" = '{}', "attempts" = r."attempts" || t."attempts"
       FROM "tried" t WHERE r."experimentId" = $1 AND r."row" = t."row"
     ), "pairs" AS (
       DELETE FROM "ExperimentPair" p USING "gone" g WHERE p."experimentId" = $1 AND p."row" = g."row" AND p."repeat" = g."repeat"
     )
     UPDATE "Experiment" SET "cellsDone" = "cellsDone" - (SELECT count(*) FROM "gone"),
       "unanswered" = "unanswered" - (SELECT count(*) FROM "gone" WHERE "status" = 'unanswered'),
       "failures" = "failures" - (SELECT count(*) FROM "gone" WHERE "status" = 'failure')
     WHERE "id" = $1`,
    [experimentId],
  );
};
