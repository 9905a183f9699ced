import type { Database } from "@/server/platform/db/database";

/** Makes this job the one that indexes the base. false where another that is alive does already, and will find what is new. */
export const claimBase = async (database: Database, knowledgeBaseId: string, jobId: string): Promise<boolean> => {
  const rows = await database.query(
    `UPDATE "KnowledgeBase" SET "indexingJobId" = $2 WHERE "id" = $1 AND (
       "indexingJobId" IS NULL OR "indexingJobId" = $2
       OR NOT EXISTS (SELECT 1 FROM "Job" WHERE "Job"."id" = "indexingJobId" AND "status" IN ('queued', 'running'))
     ) RETURNING "id"`,
    [knowledgeBaseId, jobId],
  );
  return rows.length > 0;
};

/** Gives the base up if nothing is left to do. In one statement, so that no document is added between the look and the leaving. */
export const leaveBase = async (database: Database, knowledgeBaseId: string, jobId: string): Promise<boolean> => {
  const rows = await database.query(
    `UPDATE "KnowledgeBase" SET "indexingJobId" = NULL WHERE "id" = $1 AND "indexingJobId" = $2 AND "building" IS NULL
       AND NOT EXISTS (SELECT 1 FROM "KnowledgeDocument" WHERE "knowledgeBaseId" = $1 AND "status" = 'waiting') RETURNING "id"`,
    [knowledgeBaseId, jobId],
  );
  return rows.length > 0;
};

/** Gives the base up as it is. */
export const abandonBase = async (database: Database, knowledgeBaseId: string, jobId: string): Promise<void> => {
  await database.query(`UPDATE "KnowledgeBase" SET "indexingJobId" = NULL WHERE "id" = $1 AND "indexingJobId" = $2`, [
    knowledgeBaseId,
    jobId,
  ]);
};
