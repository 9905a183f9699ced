import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "@/server/platform/db/database";
import { diskOf } from "./disk";
import { outageOf } from "./outage";

const lookAgainMs = 1_000;

/** Resolves when the database answers again and the disk has room, or when the signal aborts. */
const passed = async (database: Database, signal: AbortSignal): Promise<void> => {
  while (!signal.aborted) {
    await diskOf(database).room(signal);
    try {
      await database.query("SELECT 1");
      return;
    } catch (error) {
      if (outageOf(error) === null) throw error;
      await wait(lookAgainMs, undefined, { signal }).catch(() => {});
    }
  }
};

/**
 * Does work that may be begun again from the beginning, and begins it again when an outage that cut it off has passed. Before the first time, a full
 * disk is waited for. Rejects with the outage's error once the signal aborts.
 */
export const throughOutages = async <T>(
  database: Database,
  signal: AbortSignal,
  work: () => Promise<T>,
  onOutage: (error: unknown) => void = () => {},
): Promise<T> => {
  for (;;) {
    await diskOf(database).room(signal);
    try {
      return await work();
    } catch (error) {
      const outage = outageOf(error);
      if (outage === null || signal.aborted) throw error;
      if (outage === "disk-full") diskOf(database).refused();
      onOutage(error);
      await wait(lookAgainMs, undefined, { signal }).catch(() => {});
      await passed(database, signal);
    }
  }
};
