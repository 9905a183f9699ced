import { router } from "@/server/platform/trpc/procedures";
import { cancelRun } from "./cancel-run";
import { getRun } from "./get-run";
import { listRuns } from "./list-runs";
import { rateRun } from "./rate-run";
import { recentInputs } from "./recent-inputs";
import { retryRun } from "./retry-run";
import { runProgress } from "./run-progress";
import { startRun } from "./start-run";
import { watchRun } from "./watch-run";

export const runRouter = router({
  start: startRun,
  events: watchRun,
  get: getRun,
  progress: runProgress,
  list: listRuns,
  recentInputs,
  cancel: cancelRun,
  rate: rateRun,
  retry: retryRun,
});
