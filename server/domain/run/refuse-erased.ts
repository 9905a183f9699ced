import { wasErased } from "@/server/domain/conversation/erased-runs";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import type { LiveRun } from "./live-run";

/** A run made from another one whose conversation was erased before this one's own record was stored: it is ended, and its record goes, too. */
export const refuseErased = async (database: Database, live: LiveRun): Promise<void> => {
  if (!(await wasErased(database, live.run.id))) return;
  live.cancel();
  await live.finished;
  await database.prisma.run.deleteMany({ where: { id: live.run.id } });
  throw notFound("run");
};
