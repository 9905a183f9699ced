import type { Database } from "@/server/platform/db/database";

/** Runs looked at in one go. */
const mostAtOnce = 500;

/**
 * Lets go of background runs that have ended, and notes for each that its deployment's webhook has to be told, where there is one: in one statement, so that
 * a crash neither forgets to tell nor tells twice. Gives how many deliveries were noted.
 */
export const settleRuns = async (database: Database): Promise<number> => {
  const noted = await database.query<{ id: string }>(
    `WITH "ended" AS (
       DELETE FROM "BackgroundRun" b WHERE b."id" IN (
         SELECT q."id" FROM "BackgroundRun" q LEFT JOIN "Run" r ON r."id" = q."id"
         WHERE q."isBegun" AND (r."id" IS NULL OR r."status" NOT IN ('running', 'paused')) LIMIT ${mostAtOnce}
       ) RETURNING b."id", b."workspaceId", b."deploymentId"
     )
     INSERT INTO "WebhookDelivery" ("id", "workspaceId", "deploymentId", "runId", "createdAt", "nextAt")
     SELECT 'msg_' || replace(gen_random_uuid()::text, '-', ''), e."workspaceId", e."deploymentId", e."id", (now() AT TIME ZONE 'utc'),
       (now() AT TIME ZONE 'utc')
     FROM "ended" e JOIN "Webhook" w ON w."deploymentId" = e."deploymentId" JOIN "Run" r ON r."id" = e."id"
     ON CONFLICT DO NOTHING RETURNING "id"`,
    [],
  );
  return noted.length;
};
