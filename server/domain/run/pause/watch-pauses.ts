import type { Database } from "@/server/platform/db/database";
import { liveRunsOf } from "../live-runs";
import type { RunShare } from "../recover-runs";
import { decidedRuns, untoldRuns } from "./resume-run";
import { goOn, handOver } from "./take-up-run";

const report = (runId: string) => (error: unknown) =>
  console.error(`run ${runId} could not go on after a decision:`, error);

/**
 * Has runs go on whose people have answered: at start-up those between whose decision and whose resumption the app stopped, and from then on each that pauses after an
 * answer to it was given. To be called after what a dead process left under way was taken up. The process of published pipelines looks after its own alone; the
 * one of the interface, where decisions are made, after all.
 */
export const watchPauses = async (database: Database, share: RunShare = "all"): Promise<void> => {
  liveRunsOf(database).onPaused = (runId) => void goOn(database, runId).catch(report(runId));
  await goOnDecided(database, share);
};

/**
 * Has runs go on that people have answered and that could not when they did: a bounded number of those that wait still, and of those that were told to go on
 * and that nobody took up. To be called again and again.
 */
export const goOnDecided = async (database: Database, share: RunShare = "all"): Promise<void> => {
  for (const runId of await decidedRuns(database, share)) await goOn(database, runId).catch(report(runId));
  // The process of published pipelines is told of its own by the interface.
  if (share === "published") return;
  for (const { id, isPublished } of await untoldRuns(database))
    await handOver(database, id, isPublished).catch(report(id));
};
