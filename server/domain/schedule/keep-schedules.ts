import type { Database } from "@/server/platform/db/database";
import { mendFuture, noteDue, startNoted, trimFirings } from "./fire-due";
import { stopFailing } from "./stop-failing";

const everyMs = 5_000;
const tidyMs = 5 * 60_000;

/** Looks for times that have come, starts what is due and switches off what fails, in any number of processes at once. Gives what stops it. */
export const keepSchedules = (
  database: Database,
  { now = () => new Date(), lookMs = everyMs }: { readonly now?: () => Date; readonly lookMs?: number } = {},
): (() => void) => {
  let looking = false;
  const report = (error: unknown) => console.error("schedules could not be looked after, and are tried again:", error);
  const look = async () => {
    if (looking) return;
    looking = true;
    try {
      await noteDue(database, now());
      await startNoted(database);
      await stopFailing(database);
    } catch (error) {
      report(error);
    } finally {
      looking = false;
    }
  };
  const tidy = () => {
    mendFuture(database, now())
      .then(() => trimFirings(database))
      .catch(report);
  };
  const timers = [setInterval(() => void look(), lookMs), setInterval(tidy, tidyMs)];
  for (const timer of timers) timer.unref();
  void look();
  tidy();
  return () => timers.forEach(clearInterval);
};
