import { inTurns, type Steps } from "@/runtime/node/steps";
import type { RunEvent } from "@/runtime/run/events";
import type { Database } from "@/server/platform/db/database";

/** The stored events after `seq`, in order. Whoever calls has asked before whether the run is theirs to read. */
export const readRunLog = async ({ prisma }: Database, runId: string, afterSeq = -1): Promise<RunEvent[]> => {
  const chunks = await prisma.runEventChunk.findMany({
    where: { runId, lastSeq: { gt: afterSeq } },
    orderBy: { firstSeq: "asc" },
    select: { events: true },
  });
  return inTurns(eventsOf(chunks, afterSeq));
};

function* eventsOf(chunks: readonly { readonly events: string }[], afterSeq: number): Steps<RunEvent[]> {
  const events: RunEvent[] = [];
  for (const chunk of chunks) {
    for (const event of JSON.parse(chunk.events) as RunEvent[]) if (event.seq > afterSeq) events.push(event);
    yield;
  }
  return events;
}
