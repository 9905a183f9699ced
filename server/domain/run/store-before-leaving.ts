import type { Database } from "@/server/platform/db/database";
import type { JobQueue } from "@/server/platform/job/job-queue";
import { liveRunsOf } from "./live-runs";

/** How long callers may be answered whose runs are under way. Below the ten seconds that container runtimes wait before they kill. */
const graceMs = 5_000;
/** From the last word of a run until it has reached its caller. */
const sendMs = 100;
/** The database may be leaving too. */
const longestWaitMs = 2_000;

/**
 * When the app is asked to end, it begins nothing more for callers and lets the runs that they wait for end, for a while. Jobs are given back, and what
 * happened in runs so far is stored. A run that is still under way goes on at the next start, a job in whichever process takes it up. Asked a second
 * time, the app ends at once.
 */
export const storeBeforeLeaving = (database: Database, jobs: JobQueue | null): void => {
  const runs = liveRunsOf(database);
  const leave = async () => {
    const handedBack = Promise.resolve(jobs?.stop()).catch((error: unknown) =>
      console.error("jobs could not be given back:", error),
    );
    await runs.leave(graceMs);
    await new Promise((resolve) => setTimeout(resolve, sendMs));
    const stored = Promise.all([runs.recorder.flush().then(() => runs.recorder.journal?.close()), handedBack]);
    const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    await Promise.race([stored, late]);
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) {
    process.on(signal, () => {
      if (runs.isLeaving) process.exit(1);
      void leave().finally(() => process.exit(0));
    });
  }
};
