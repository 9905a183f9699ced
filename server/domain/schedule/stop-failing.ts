import { mailServerOf } from "@/server/domain/inbox/mail/mail-settings";
import { type Mail, sendMail } from "@/server/domain/inbox/mail/send-mail";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { baseUrl, readAddress } from "@/server/platform/guard/address";

/** People who are written to. */
const mostPeople = 50;

interface Failing {
  readonly id: string;
  readonly workspaceId: string;
  readonly deploymentId: string;
  readonly name: string;
  readonly stopAfter: number;
  readonly problem: string | null;
}

export type Send = typeof sendMail;

/** Schedules whose last runs all failed. A run that was cancelled counts neither way. */
const findFailing = (database: Database): Promise<readonly Failing[]> =>
  database.query<Failing>(
    `SELECT s."id", s."workspaceId", s."deploymentId", s."name", s."stopAfter", t."problem"
     FROM "Schedule" s CROSS JOIN LATERAL (
       SELECT count(*) AS "count", bool_and(l."failed") AS "failed", (array_agg(l."problem"))[1] AS "problem" FROM (
         SELECT f."state" = 'refused' OR r."status" = 'failure' AS "failed", coalesce(f."problem", r."errorMessage") AS "problem"
         FROM "ScheduleFiring" f LEFT JOIN "Run" r ON r."id" = f."id"
         WHERE f."scheduleId" = s."id" AND f."createdAt" >= s."countsFrom"
           AND (f."state" = 'refused' OR r."status" IN ('success', 'empty', 'failure'))
         ORDER BY f."dueAt" DESC LIMIT s."stopAfter"
       ) l
     ) t WHERE s."active" AND t."count" = s."stopAfter" AND t."failed" LIMIT 100`,
  );

const escaped = (text: string): string =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

const stoppedMail = (to: string, name: string, reason: string, deploymentId: string): Mail => {
  const url = `${baseUrl(readAddress())}/deployments/${deploymentId}`;
  const what = `The schedule “${name}” was switched off.`;
  return {
    to,
    subject: `Pipewright: ${what}`.replace(/[\r\n]/g, " ").slice(0, 200),
    text: `${what}\n\n${reason}\n\nMend it and switch it on again: ${url}\n`,
    html: `<p>${escaped(what)}</p><p>${escaped(reason)}</p><p><a href="${escaped(url)}">Mend it and switch it on again</a></p>`,
  };
};

/** Writes to the owners, where the workspace has a mail server. */
const tellOwners = async (database: Database, failing: Failing, reason: string, send: Send): Promise<void> => {
  const { workspaceId, name, deploymentId } = failing;
  const server = await mailServerOf(database, workspaceId);
  if (server === null) return;
  const owners = await database.prisma.membership.findMany({
    where: { workspaceId, role: "owner" },
    take: mostPeople,
    select: { user: { select: { email: true } } },
  });
  for (const { user } of owners) {
    const sent = await send(server, stoppedMail(user.email, name, reason, deploymentId));
    if (!sent.ok) console.error(`an owner could not be told that schedule ${failing.id} has stopped: ${sent.error}`);
  }
};

/** Switches off what failed too often in a row, says so on its page, in the audit log and by mail. Gives how many it switched off. */
export const stopFailing = async (database: Database, send: Send = sendMail): Promise<number> => {
  let stopped = 0;
  for (const failing of await findFailing(database)) {
    const { id, workspaceId, name, stopAfter, problem } = failing;
    const count = stopAfter === 1 ? "Its last run failed." : `Its last ${stopAfter} runs failed.`;
    const stopReason = problem === null ? count : `${count} ${problem.slice(0, 500)}`;
    const { count: changed } = await database.prisma.schedule.updateMany({
      where: { id, active: true },
      data: { active: false, nextAt: null, stopReason },
    });
    if (changed === 0) continue;
    stopped += 1;
    await recordAudit(database, {
      member: { userId: null, workspaceId },
      action: "schedule.stop",
      subject: `schedule:${id}`,
      data: { name, failures: stopAfter },
    });
    await tellOwners(database, failing, stopReason, send);
  }
  return stopped;
};
