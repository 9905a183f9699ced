import type { Database } from "@/server/platform/db/database";
import { liveRunsOf } from "../live-runs";
import { decidedRuns } from "./resume-run";
import { goOn } from "./take-up-run";

const report = (runId: string) => (error: unknown) =>
  console.error(`run ${runId} could not go on after a decision:`, error);

/**
 * Has runs go on whose people have answered: at start-up those between whose decision and whose resumption the app stopped, and from then on each that pauses after an
 * answer to it was given.
 */
export const watchPauses = async (database: Database): Promise<void> => {
  liveRunsOf(database).onPaused = (runId) => void goOn(database, runId).catch(report(runId));
  for (const runId of await decidedRuns(database)) await goOn(database, runId).catch(report(runId));
};
