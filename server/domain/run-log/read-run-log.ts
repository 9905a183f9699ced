import { inTurns, type Steps } from "@/runtime/node/steps";
import type { RunEvent } from "@/runtime/run/events";
import type { Database } from "@/server/platform/db/database";
import { readLog } from "./log-text";

/** The stored events after `seq`, in order. Whoever calls has asked before whether the run is theirs to read. */
export const readRunLog = async ({ prisma }: Database, runId: string, afterSeq = -1): Promise<RunEvent[]> => {
  const chunks = await prisma.runEventChunk.findMany({
    where: { runId, lastSeq: { gt: afterSeq } },
    orderBy: { firstSeq: "asc" },
    select: { firstSeq: true, events: true },
  });
  return inTurns(eventsOf(chunks, runId, afterSeq));
};

interface Chunk {
  readonly firstSeq: number;
  readonly events: string;
}

function* eventsOf(chunks: readonly Chunk[], runId: string, afterSeq: number): Steps<RunEvent[]> {
  const events: RunEvent[] = [];
  for (const chunk of chunks) {
    for (const event of readLog(chunk.events, runId, chunk.firstSeq)) if (event.seq > afterSeq) events.push(event);
    yield;
  }
  return events;
}
