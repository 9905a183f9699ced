import type { Database } from "@/server/platform/db/database";
import { liveJobsOf } from "./live-jobs";

/** Stops the job of something that is about to be deleted; resolves when nothing of it runs in this process any more. */
export const stopJobOf = async (database: Database, workspaceId: string, jobId: string | null): Promise<void> => {
  if (jobId === null) return;
  await database.prisma.job.updateMany({
    where: { id: jobId, workspaceId, status: { in: ["queued", "running"] } },
    data: { cancelRequestedAt: new Date() },
  });
  const live = liveJobsOf(database).get(jobId);
  live?.cancel();
  await live?.settled;
};
