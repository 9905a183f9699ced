import type { Database } from "@/server/platform/db/database";
import { jobLimits } from "./job.types";

/** Forgets the oldest of a workspace's ended jobs beyond what is kept. */
export const trimJobs = async (
  database: Database,
  workspaceId: string,
  kept: number = jobLimits.kept,
): Promise<void> => {
  await database.query(
    `DELETE FROM "Job" WHERE "id" IN (
       SELECT "id" FROM "Job" WHERE "workspaceId" = $1 AND "status" NOT IN ('queued', 'running')
       ORDER BY "createdAt" DESC, "id" DESC OFFSET $2)`,
    [workspaceId, kept],
  );
};
