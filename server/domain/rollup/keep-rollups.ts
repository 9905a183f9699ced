import type { Database } from "@/server/platform/db/database";
import { rollUp } from "./roll-up";

const everyMs = 60_000;
/** Not in the first moments of a start, when everybody comes back at once. */
const firstMs = 20_000;

/** Rolls up every minute what has settled. Gives what stops it. */
export const keepRollups = (database: Database): (() => void) => {
  let working = false;
  const look = () => {
    if (working) return;
    working = true;
    rollUp(database)
      .catch((error: unknown) => console.error("runs could not be rolled up, and will be in a minute:", error))
      .finally(() => {
        working = false;
      });
  };
  const first = setTimeout(look, firstMs);
  const timer = setInterval(look, everyMs);
  first.unref();
  timer.unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
};
