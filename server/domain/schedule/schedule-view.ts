import type { Schedule } from "@/generated/prisma/client";
import { fitInputs, servedNow } from "@/server/domain/deployment/queue-run";
import type { Database } from "@/server/platform/db/database";
import { nextTimes, readCron } from "./cron-times";
import {
  firingStates,
  scheduleLimits as limits,
  missedRules,
  type ScheduleFiringItem,
  type ScheduleItem,
} from "./schedule.types";

/** Why a schedule would start nothing now. */
const problemOf = async (database: Database, deploymentId: string, inputs: unknown): Promise<string | null> => {
  const served = await servedNow(database, deploymentId);
  if (!served.ok) return served.error.message;
  const fitted = await fitInputs(database, served.value, inputs);
  return fitted.ok ? null : `The inputs no longer fit the live version: ${fitted.error}`;
};

const firingsOf = async (
  { prisma }: Database,
  scheduleIds: readonly string[],
): Promise<Map<string, ScheduleFiringItem[]>> => {
  const found = new Map<string, ScheduleFiringItem[]>();
  for (const scheduleId of scheduleIds) {
    const rows = await prisma.scheduleFiring.findMany({
      where: { scheduleId },
      orderBy: { dueAt: "desc" },
      take: limits.told,
    });
    const runs = await prisma.run.findMany({
      where: { id: { in: rows.map(({ id }) => id) } },
      select: { id: true, status: true },
    });
    const statuses = new Map(runs.map(({ id, status }) => [id, status]));
    found.set(
      scheduleId,
      rows.map(({ id, dueAt, state, also, problem }) => ({
        id,
        dueAt,
        state: firingStates.find((each) => each === state) ?? "refused",
        also,
        problem,
        run: statuses.get(id) ?? null,
      })),
    );
  }
  return found;
};

export const viewSchedules = async (
  database: Database,
  rows: readonly Schedule[],
  now: Date = new Date(),
): Promise<readonly ScheduleItem[]> => {
  const firings = await firingsOf(
    database,
    rows.map(({ id }) => id),
  );
  return Promise.all(
    rows.map(async ({ id, name, cron: pattern, timeZone, missed, stopAfter, active, stopReason, ...row }) => {
      const cron = readCron(pattern, timeZone);
      const inputs = JSON.parse(row.inputs) as Record<string, unknown>;
      return {
        id,
        name,
        cron: pattern,
        timeZone,
        inputs,
        missed: missedRules.find((rule) => rule === missed) ?? "skip",
        stopAfter,
        active,
        stopReason,
        problem: cron.ok ? await problemOf(database, row.deploymentId, inputs) : cron.error,
        nextTimes: active && cron.ok ? nextTimes(cron.value, now, limits.told) : [],
        firings: firings.get(id) ?? [],
      };
    }),
  );
};
