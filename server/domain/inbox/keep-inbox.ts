import type { Database } from "@/server/platform/db/database";
import { escalateTasks, expireTasks } from "./expire-tasks";
import { tellPeople } from "./mail/tell-people";

const everyMs = 15_000;

/** Looks for what is due. A pass that is still at work is not begun a second time. Gives what stops it. */
export const keepInbox = (database: Database, now: () => Date = () => new Date()): (() => void) => {
  let working = false;
  const look = () => {
    if (working) return;
    working = true;
    expireTasks(database, now())
      .then(() => escalateTasks(database, now()))
      .then(() => tellPeople(database, now()))
      .catch((error: unknown) => console.error("the inbox could not be looked through for what is due:", error))
      .finally(() => {
        working = false;
      });
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  look();
  return () => clearInterval(timer);
};
