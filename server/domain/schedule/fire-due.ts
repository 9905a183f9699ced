import { queueRun } from "@/server/domain/deployment/queue-run";
import type { Database } from "@/server/platform/db/database";
import { sourceId } from "@/server/platform/route/source";
import { nextTime, readCron } from "./cron-times";
import { planFirings } from "./plan-firings";
import { scheduleLimits as limits, missedRules } from "./schedule.types";

const utcNow = "(now() AT TIME ZONE 'utc')";
const stored = (at: Date): string => at.toISOString().slice(0, -1);
/** A time is not taken a second time while somebody may be starting it. */
const claimMs = 60_000;

/** Schedules looked at in one go. */
const mostDue = 200;

/**
 * Notes the times that have come, and moves each schedule on to its next one: in one statement each, so that of all processes that look at once one does, and a
 * crash neither forgets a time nor notes it twice. Gives how many were noted.
 */
export const noteDue = async (database: Database, now: Date): Promise<number> => {
  const due = await database.prisma.schedule.findMany({
    where: { active: true, nextAt: { lte: now } },
    orderBy: { nextAt: "asc" },
    take: mostDue,
  });
  let noted = 0;
  for (const { id, cron: pattern, timeZone, missed: rule, nextAt: dueAt } of due) {
    if (dueAt === null) continue;
    const cron = readCron(pattern, timeZone);
    if (!cron.ok) {
      await database.prisma.schedule.updateMany({
        where: { id, nextAt: dueAt },
        data: { active: false, nextAt: null, stopReason: cron.error },
      });
      continue;
    }
    const plan = planFirings(cron.value, dueAt, now, missedRules.find((each) => each === rule) ?? "skip");
    const entries = [
      ...(plan.missed === null ? [] : [{ at: plan.missed.at, state: "missed", also: plan.missed.also }]),
      ...plan.start.map((at) => ({ at, state: "pending", also: 0 })),
    ];
    const rows = await database.query<{ id: string }>(
      `WITH "claimed" AS (
         UPDATE "Schedule" SET "nextAt" = $3::timestamp(3), "active" = $3::timestamp(3) IS NOT NULL
         WHERE "id" = $1 AND "active" AND "nextAt" = $2::timestamp(3) RETURNING "id", "workspaceId"
       )
       INSERT INTO "ScheduleFiring" ("id", "workspaceId", "scheduleId", "dueAt", "state", "also", "claimedUntil", "createdAt")
       SELECT gen_random_uuid()::text, c."workspaceId", c."id", f."at"::timestamp(3), f."state", f."also", ${utcNow}, ${utcNow}
       FROM "claimed" c, unnest($4::text[], $5::text[], $6::int[]) AS f("at", "state", "also")
       ON CONFLICT ("scheduleId", "dueAt") DO NOTHING RETURNING "id"`,
      [
        id,
        stored(dueAt),
        plan.nextAt === null ? null : stored(plan.nextAt),
        entries.map(({ at }) => stored(at)),
        entries.map(({ state }) => state),
        entries.map(({ also }) => also),
      ],
    );
    noted += rows.length;
  }
  return noted;
};

interface Claimed {
  readonly id: string;
  readonly scheduleId: string;
  readonly deploymentId: string;
  readonly inputs: string;
  readonly attempts: number;
}

const claimPending = (database: Database): Promise<readonly Claimed[]> =>
  database.query<Claimed>(
    `WITH "claimed" AS (
       UPDATE "ScheduleFiring" SET "attempts" = "attempts" + 1, "claimedUntil" = ${utcNow} + ${claimMs} * interval '1 millisecond'
       WHERE "id" IN (
         SELECT "id" FROM "ScheduleFiring" WHERE "state" = 'pending' AND "claimedUntil" <= ${utcNow} ORDER BY "claimedUntil", "dueAt" LIMIT ${limits.atOnce}
       ) AND "state" = 'pending' AND "claimedUntil" <= ${utcNow}
       RETURNING "id", "scheduleId", "dueAt", "attempts"
     )
     SELECT c."id", c."scheduleId", s."deploymentId", s."inputs", c."attempts"
     FROM "claimed" c JOIN "Schedule" s ON s."id" = c."scheduleId" ORDER BY c."dueAt"`,
  );

/** Starts what was noted: each once, however often it is tried. Gives how many runs were taken into the queue. */
export const startNoted = async (database: Database): Promise<number> => {
  let started = 0;
  for (const { id, scheduleId, deploymentId, inputs, attempts } of await claimPending(database)) {
    const source = sourceId("schedule", scheduleId);
    const run = { deploymentId, source, way: "schedule", inputs: JSON.parse(inputs), runId: id } as const;
    const queued = await queueRun(database, run);
    if (queued.ok) started += 1;
    const again = !queued.ok && queued.error.again && attempts < limits.tries;
    await database.query(
      `UPDATE "ScheduleFiring" SET "state" = $2, "problem" = $3,
         "claimedUntil" = CASE WHEN $2 = 'pending' THEN ${utcNow} + ${limits.againMs} * interval '1 millisecond' ELSE "claimedUntil" END
       WHERE "id" = $1 AND "state" = 'pending'`,
      [id, queued.ok ? "started" : again ? "pending" : "refused", queued.ok ? null : queued.error.message],
    );
  }
  return started;
};

/** Brings back to its next time what a clock that was ahead for a while has moved too far. What was run of it is not run again. Gives how many were. */
export const mendFuture = async (database: Database, now: Date): Promise<number> => {
  const ahead = await database.prisma.schedule.findMany({
    where: { active: true, nextAt: { gt: now } },
    orderBy: { nextAt: "desc" },
    take: 1_000,
    select: { id: true, cron: true, timeZone: true, nextAt: true },
  });
  let mended = 0;
  for (const { id, cron: pattern, timeZone, nextAt } of ahead) {
    const cron = readCron(pattern, timeZone);
    const next = cron.ok ? nextTime(cron.value, now) : null;
    if (next === null || nextAt === null || next >= nextAt) continue;
    const { count } = await database.prisma.schedule.updateMany({ where: { id, nextAt }, data: { nextAt: next } });
    mended += count;
  }
  return mended;
};

/** Removes what was longest ago of schedules that come often. */
export const trimFirings = async (database: Database): Promise<void> => {
  await database.query(
    `DELETE FROM "ScheduleFiring" WHERE "id" IN (
       SELECT "id" FROM (
         SELECT "id", "state", row_number() OVER (PARTITION BY "scheduleId" ORDER BY "dueAt" DESC) AS "place" FROM "ScheduleFiring"
       ) t WHERE "place" > ${limits.kept} AND "state" <> 'pending' LIMIT 5000
     )`,
  );
};
