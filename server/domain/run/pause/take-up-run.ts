import type { Database } from "@/server/platform/db/database";
import { tellFront } from "@/server/platform/front-link/front-link";
import { liveRunsOf } from "../live-runs";
import { type RunShare, recoverRun } from "../recover-runs";
import { resumeRun } from "./resume-run";

/** Goes on with a run that was told to. Does nothing where it is not this process's, or was taken up by another. */
export const takeUpRun = async (database: Database, runId: string, share: RunShare): Promise<void> => {
  const live = liveRunsOf(database);
  // The execution that let go may still be on its way out.
  await live.get(runId)?.finished;
  await recoverRun(database, live, runId, share, true);
};

const hasFront = (): boolean => Boolean(process.env.PIPEWRIGHT_FRONT_SOCKET);

/**
 * After a decision: the run goes on, in the process that runs of its kind belong to. Where that is not there it does so when it starts, and where the run is still under
 * way, when it pauses.
 */
export const goOn = async (database: Database, runId: string): Promise<boolean> => {
  if (!(await resumeRun(database, runId))) return false;
  const run = await database.prisma.run.findUnique({ where: { id: runId }, select: { trigger: true } });
  await handOver(database, runId, run?.trigger === "api");
  return true;
};

/** The same after an answer that is stored: where it cannot now, whoever looks at the inbox next has it go on. */
export const goOnSoon = async (database: Database, runId: string): Promise<void> => {
  await goOn(database, runId).catch((error: unknown) =>
    console.error(`run ${runId} could not go on after a decision, and is tried again:`, error),
  );
};

/** Has the process that a run belongs to take it up, once it was told to go on. */
export const handOver = async (database: Database, runId: string, isPublished: boolean): Promise<void> => {
  if (isPublished && hasFront()) await tellFront({ type: "resume-run", runId });
  else await takeUpRun(database, runId, hasFront() ? "own" : "all");
};
