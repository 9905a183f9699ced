import { setTimeout as wait } from "node:timers/promises";
import type { RunEvent } from "@/runtime/run/events";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import type { Database } from "@/server/platform/db/database";
import { liveRunsOf } from "./live-runs";

/** How often the log of a run that another process has under way is looked at. */
const lookAgainMs = 500;

/** Every event of a run after `seq`, from memory or from the log, and then as they come, up to `run-end`. No gap, nothing twice. */
export async function* followRun(
  database: Database,
  runId: string,
  afterSeq: number,
  signal?: AbortSignal,
): AsyncGenerator<RunEvent> {
  for (let seen = afterSeq; signal?.aborted !== true; ) {
    const live = liveRunsOf(database).get(runId);
    const events = live?.events(seen, signal) ?? (await readRunLog(database, runId, seen));
    for await (const event of events) {
      yield event;
      seen = event.seq;
      if (event.type === "run-end") return;
    }
    if (live !== undefined) {
      await live.finished;
      continue;
    }
    const run = await database.prisma.run.findUnique({ where: { id: runId }, select: { status: true } });
    if (run === null || (run.status !== "running" && (await readRunLog(database, runId, seen)).length === 0)) return;
    await wait(lookAgainMs, undefined, signal === undefined ? {} : { signal }).catch(() => {});
  }
}
