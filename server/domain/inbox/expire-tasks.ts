import type { PersonAnswer } from "@/runtime/node/people";
import { goOnSoon } from "@/server/domain/run/pause/take-up-run";
import type { Database } from "@/server/platform/db/database";
import { questionOf } from "./task-row";

/** Tasks looked at in one go. */
const mostAtOnce = 200;

/** Ends what nobody answered in time, and has the runs go on. Of several processes each task has one. Gives how many. */
export const expireTasks = async (database: Database, now: Date = new Date()): Promise<number> => {
  const due = await database.prisma.inboxTask.findMany({
    where: { state: "open", dueAt: { lte: now } },
    orderBy: { dueAt: "asc" },
    take: mostAtOnce,
    select: { id: true, runId: true, question: true, version: true },
  });
  let count = 0;
  for (const task of due) {
    const { value } = questionOf(task);
    const answer: PersonAnswer = {
      outcome: "timed-out",
      value,
      edited: false,
      form: {},
      note: "",
      by: [],
      at: now.toISOString(),
    };
    const { count: changed } = await database.prisma.inboxTask.updateMany({
      where: { id: task.id, state: "open", version: task.version },
      data: {
        state: "timedOut",
        answer: JSON.stringify(answer),
        decidedAt: now,
        escalateAt: null,
        version: { increment: 1 },
      },
    });
    if (changed === 0) continue;
    count += 1;
    await goOnSoon(database, task.runId);
  }
  return count;
};

/** Asks the next role, too, where nobody of the first has answered. Gives the tasks. */
export const escalateTasks = async (database: Database, now: Date = new Date()): Promise<readonly string[]> => {
  const waiting = await database.prisma.inboxTask.findMany({
    where: { state: "open", escalateAt: { lte: now } },
    orderBy: { escalateAt: "asc" },
    take: mostAtOnce,
    select: { id: true, question: true },
  });
  const escalated: string[] = [];
  for (const { id, question } of waiting) {
    const role = questionOf({ question }).escalation?.role ?? "owner";
    const { count } = await database.prisma.inboxTask.updateMany({
      where: { id, state: "open", escalateAt: { not: null } },
      data: { escalateAt: null, escalatedTo: role, tellAt: now, tellTries: 0 },
    });
    if (count > 0) escalated.push(id);
  }
  return escalated;
};
