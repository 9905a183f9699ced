import type { Database } from "@/server/platform/db/database";
import { applyRetention } from "./apply-retention";

const everyMs = 3_600_000;
/** Not in the first moments of a start, when everybody comes back at once. */
const firstMs = 5 * 60_000;

/** The policies of all workspaces that have one, one after the other. */
export const applyAllRetention = async (database: Database, now: Date = new Date()): Promise<void> => {
  const workspaces = await database.prisma.workspace.findMany({
    where: {
      OR: [
        { keepRunsDays: { not: null } },
        { keepRunsMegabytes: { not: null } },
        { keepFilesDays: { not: null } },
        { keepFilesMegabytes: { not: null } },
        { keepConversationsDays: { not: null } },
      ],
    },
    select: {
      id: true,
      keepRunsDays: true,
      keepRunsMegabytes: true,
      keepFilesDays: true,
      keepFilesMegabytes: true,
      keepConversationsDays: true,
    },
  });
  for (const { id, ...policy } of workspaces) await applyRetention(database, id, policy, now);
};

/** Cleans up every hour. A pass that is still at work is not begun a second time. */
export const keepRetention = (database: Database): (() => void) => {
  let working = false;
  const clean = () => {
    if (working) return;
    working = true;
    applyAllRetention(database)
      .catch((error: unknown) => console.error("what lies beyond the retention could not be removed:", error))
      .finally(() => {
        working = false;
      });
  };
  const first = setTimeout(clean, firstMs);
  const timer = setInterval(clean, everyMs);
  first.unref();
  timer.unref();
  return () => {
    clearTimeout(first);
    clearInterval(timer);
  };
};
