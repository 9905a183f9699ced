import type { Database } from "@/server/platform/db/database";
import { liveJobsOf } from "@/server/platform/job/live-jobs";
import { subjectOf } from "./subject";

/** Ends the jobs of a base that is going away, waits for those of this process, and forgets them with their inputs. */
export const stopJobs = async (database: Database, workspaceId: string, knowledgeBaseId: string): Promise<void> => {
  const where = { workspaceId, subject: subjectOf(knowledgeBaseId) };
  const jobs = await database.prisma.job.findMany({ where, select: { id: true } });
  for (const { id } of jobs) {
    const live = liveJobsOf(database).get(id);
    live?.cancel();
    await live?.settled;
  }
  await database.prisma.job.deleteMany({ where });
};
