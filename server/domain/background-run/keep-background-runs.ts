import { removeOldErased } from "@/server/domain/conversation/erased-runs";
import { removeOldKeys } from "@/server/domain/idempotency/claim-key";
import { liveRunsOf } from "@/server/domain/run/live-runs";
import { removeOldWindows } from "@/server/domain/usage/count-usage";
import { removeOldHolds, settleHolds } from "@/server/domain/usage/settle-holds";
import { deliverDue } from "@/server/domain/webhook/deliver-due";
import { removeOldDeliveries } from "@/server/domain/webhook/remove-old-deliveries";
import type { Database } from "@/server/platform/db/database";
import { backgroundLimits } from "./background-limits";
import { runQueueOf } from "./run-queue";
import { settleRuns } from "./settle-runs";

const tidyMs = 10 * 60_000;

/** Says what went wrong and goes on: whatever it was is looked for again. */
const report = (what: string) => (error: unknown) => console.error(`${what}, and is tried again:`, error);

/**
 * Looks after background runs in the process that they belong to: begins those whose turn it is, notes those that have ended, and tells webhooks. Gives what
 * stops it.
 */
export const keepBackgroundRuns = (database: Database, lookMs: number = backgroundLimits.lookMs): (() => void) => {
  const queue = runQueueOf(database);
  const settle = () =>
    settleRuns(database)
      .then((noted) => (noted > 0 ? deliverDue(database) : undefined))
      .catch(report("the end of background runs could not be noted"));
  const look = () => {
    queue.wake();
    void settle();
    deliverDue(database).catch(report("webhooks could not be told"));
    settleHolds(database).catch(report("what ended runs took could not be counted"));
  };
  const tidy = () => {
    removeOldKeys(database).catch(report("old idempotency keys could not be removed"));
    removeOldWindows(database).catch(report("old counts of what was used could not be removed"));
    removeOldHolds(database).catch(report("what is held for runs that never were could not be removed"));
    removeOldErased(database).catch(report("ids of erased runs could not be removed"));
    removeOldDeliveries(database).catch(report("old deliveries could not be removed"));
  };
  liveRunsOf(database).onBackgroundSettled = () => {
    queue.wake();
    void settle();
  };
  const looking = setInterval(look, lookMs);
  const tidying = setInterval(tidy, tidyMs);
  looking.unref();
  tidying.unref();
  look();
  tidy();
  return () => {
    clearInterval(looking);
    clearInterval(tidying);
    liveRunsOf(database).onBackgroundSettled = null;
  };
};
