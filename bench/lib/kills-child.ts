import { setTimeout as pause } from "node:timers/promises";
import { openRunJournal } from "@/server/domain/run/journal/open-run-journal";
import { watchPauses } from "@/server/domain/run/pause/watch-pauses";
import { recoverRuns } from "@/server/domain/run/recover-runs";
import { getDatabase } from "@/server/platform/db/database";
import type { Member } from "@/server/platform/guard/member";
import { callerOf } from "@/server/testing/workspace-fixture";

// The process that runs pipelines, made to be killed: it takes up what the one before left, starts runs without end, and answers what they ask. Says "ready".
const { PIPEWRIGHT_KILLS = "{}" } = process.env;
const { member, pipelineId, revision, atOnce, isLast, name } = JSON.parse(PIPEWRIGHT_KILLS) as {
  readonly member: Member;
  readonly pipelineId: string;
  readonly revision: number;
  readonly atOnce: number;
  readonly isLast: boolean;
  readonly name: string;
};
const database = await getDatabase();
await openRunJournal(database);
await recoverRuns(database);
await watchPauses(database);
const api = callerOf(database, member);
process.stdout.write("ready\n");

const under = (status: "running") => database.prisma.run.count({ where: { status } });

/** Two at a time for each task: only one of them counts. */
const decide = async () => {
  for (;;) {
    const { items } = await api.inbox.list({ state: "open", limit: 50 });
    const decisions = items.flatMap(({ id }) => [1, 2].map(() => api.inbox.decide({ id, action: "approve" })));
    await Promise.allSettled(decisions);
    await pause(20);
  }
};
const start = async () => {
  for (let number = 0; ; number += 1) {
    while ((await under("running")) >= atOnce) await pause(10);
    await api.run.start({ pipelineId, revision, inputs: { id: `${name}-${number}` } });
  }
};
await Promise.all([decide(), ...(isLast ? [] : [start()])]);
