import type { Database } from "@/server/db";
import type { JobQueue } from "@/server/job/job-queue";
import { liveRunsOf } from "./live-runs";

/** The database may be leaving too. */
const longestWaitMs = 2_000;

/**
 * When the app is asked to end, what happened in runs so far is stored first, and jobs are given back. A run that is under way goes on at the next start, a job in
 * whichever process takes it up.
 */
export const storeBeforeLeaving = (database: Database, jobs: JobQueue): void => {
  const leave = () => {
    const handedBack = jobs.stop().catch((error: unknown) => console.error("jobs could not be given back:", error));
    const stored = Promise.all([liveRunsOf(database).recorder.flush(), handedBack]);
    const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    void Promise.race([stored, late]).finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, leave);
};
