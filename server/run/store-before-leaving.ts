import type { Database } from "@/server/db";
import { liveRunsOf } from "./live-runs";

/** The database may be leaving too. */
const longestWaitMs = 2_000;

/** When the app is asked to end, what happened in runs so far is stored first. A run that is under way goes on at the next start. */
export const storeBeforeLeaving = (database: Database): void => {
  const leave = () => {
    const stored = liveRunsOf(database).recorder.flush();
    const late = new Promise((resolve) => setTimeout(resolve, longestWaitMs));
    void Promise.race([stored, late]).finally(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, leave);
};
