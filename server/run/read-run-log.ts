import type { RunEvent } from "@/runtime/run/events";
import type { Database } from "@/server/db";

/** The stored events after `seq`, in order. Whoever calls has asked before whether the run is theirs to read. */
export const readRunLog = async ({ prisma }: Database, runId: string, afterSeq = -1): Promise<RunEvent[]> => {
  const chunks = await prisma.runEventChunk.findMany({
    where: { runId, lastSeq: { gt: afterSeq } },
    orderBy: { firstSeq: "asc" },
    select: { events: true },
  });
  return chunks.flatMap(({ events }) => JSON.parse(events) as RunEvent[]).filter(({ seq }) => seq > afterSeq);
};
