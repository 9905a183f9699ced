import type { Database } from "@/server/platform/db/database";
import { tellFront } from "@/server/platform/front-link/front-link";
import { liveRunsOf } from "../live-runs";
import type { RunShare } from "../recover-runs";
import { decidedRuns, untoldRuns } from "./resume-run";
import { goOn } from "./take-up-run";

const report = (runId: string) => (error: unknown) =>
  console.error(`run ${runId} could not go on after a decision:`, error);

/**
 * Has runs go on whose people have answered: at start-up those between whose decision and whose resumption the app stopped, and from then on each that pauses after an
 * answer to it was given. To be called after what a dead process left under way was taken up. The process of published pipelines looks after its own alone; the
 * one of the interface, where decisions are made, after all.
 */
export const watchPauses = async (database: Database, share: RunShare = "all"): Promise<void> => {
  liveRunsOf(database).onPaused = (runId) => void goOn(database, runId).catch(report(runId));
  for (const runId of await decidedRuns(database, share)) await goOn(database, runId).catch(report(runId));
  if (share !== "own") return;
  for (const runId of await untoldRuns(database)) await tellFront({ type: "resume-run", runId });
};
