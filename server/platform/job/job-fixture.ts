import type { Database } from "@/server/platform/db/database";
import type { JobDefinition } from "./define-job";
import { hasEnded, type JobStatus } from "./job.types";
import { JobQueue } from "./job-queue";
import { liveJobsOf } from "./live-jobs";

/** For tests: a worker for these jobs in this process. Stop it before the database is closed. */
export const startTestWorker = async (database: Database, definitions: readonly JobDefinition[]): Promise<JobQueue> => {
  const queue = new JobQueue(database, definitions);
  await queue.start();
  return queue;
};

/** For tests: the job's row once it satisfies the condition; by default once it has ended. */
export const jobWhen = async (
  database: Database,
  id: string,
  condition: (row: { readonly status: JobStatus; readonly done: number }) => boolean = ({ status }) => hasEnded(status),
) => {
  const live = liveJobsOf(database);
  for (;;) {
    let leave = () => {};
    const changed = new Promise<void>((resolve) => {
      leave = live.listen(id, resolve);
    });
    try {
      const row = await database.prisma.job.findUniqueOrThrow({ where: { id } });
      if (condition(row)) return row;
      await changed;
    } finally {
      leave();
    }
  }
};
