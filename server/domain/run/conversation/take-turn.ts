import type { Result } from "@/runtime/graph/result";
import type { ConversationSnapshot } from "@/runtime/node/conversation";
import {
  claimTurn,
  type RunStanding,
  releaseTurn,
  type TurnAsked,
  type TurnRefusal,
} from "@/server/domain/conversation/claim-turn";
import type { Database } from "@/server/platform/db/database";
import type { LiveRun } from "../live-run";
import { liveRunsOf } from "../live-runs";

/** How long a turn that was answered may take to be stored before the next is refused. */
const storedWithinMs = 10_000;

/**
 * Takes the next turn of a conversation for a run that is about to begin. A caller has its answer a moment before its turn is stored, so one who speaks again at
 * once waits that moment.
 */
export const takeTurn = (
  database: Database,
  asked: Omit<TurnAsked, "standing">,
): Promise<Result<ConversationSnapshot, TurnRefusal>> =>
  claimTurn(database, { ...asked, standing: (runId) => standingOf(database, runId) });

const standingOf = async (database: Database, runId: string): Promise<RunStanding> => {
  const live = liveRunsOf(database).get(runId);
  if (live !== undefined) {
    if (!live.ended.isSaid) return "running";
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, storedWithinMs);
    });
    await Promise.race([live.finished, late]);
    clearTimeout(timer);
  }
  const run = await database.prisma.run.findUnique({ where: { id: runId }, select: { status: true } });
  if (run === null) {
    if (live !== undefined) return "ended";
    // It waits for its place in the queue. The row is there until the run has ended, so that its beginning is not missed.
    const waiting = await database.prisma.backgroundRun.findUnique({ where: { id: runId }, select: { id: true } });
    return waiting === null ? "unknown" : "running";
  }
  return run.status === "running" || run.status === "paused" ? run.status : "ended";
};

/** A run that could not be stored was not answered: it gives its turn back. */
export const giveTurnBack = (database: Database, live: LiveRun): void =>
  live.kept.hear((kept) => {
    if (kept) return;
    releaseTurn(database, live.run.id).catch((error: unknown) =>
      console.error(`run ${live.run.id} could not give its turn of a conversation back:`, error),
    );
  });
