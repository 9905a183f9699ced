import type { Database } from "@/server/platform/db/database";
import { permits } from "@/server/platform/guard/access";
import { baseUrl, readAddress } from "@/server/platform/guard/address";
import { linkToken, newLinkId } from "../link-token";
import { obstacleOf } from "../may-answer";
import { askedOf, type TaskRow, taskInclude } from "../task-row";
import type { MailServer } from "./mail.types";
import { mailServerOf } from "./mail-settings";
import { type Mail, sendMail } from "./send-mail";
import { askedMail } from "./write-mail";

/** Tasks of one workspace in one pass, and workspaces in one pass. */
const mostTasks = 20;
const mostWorkspaces = 50;
/** Milliseconds after which no further mail of a workspace is begun in one pass. */
const passMs = 60_000;
/** People told of one task; a workspace of thousands is not written to as a whole. */
const mostPeople = 50;
const mostTries = 5;
const minuteMs = 60_000;

export type Send = (server: MailServer, mail: Mail) => ReturnType<typeof sendMail>;

/** Tasks that people are to be told of, the longest due first, some of each workspace: one with many keeps no other waiting. By workspace. */
const dueTasks = async (database: Database, now: Date): Promise<readonly (readonly TaskRow[])[]> => {
  const ids = await database.query<{ id: string }>(
    `SELECT "id" FROM (
       SELECT "id", row_number() OVER (PARTITION BY "workspaceId" ORDER BY "tellAt", "id") AS "place",
         dense_rank() OVER (ORDER BY "workspaceId") AS "workspace"
       FROM "InboxTask" WHERE "tellAt" <= $1::timestamp(3)
     ) t WHERE "place" <= $2 AND "workspace" <= $3`,
    [now.toISOString(), mostTasks, mostWorkspaces],
  );
  const tasks = await database.prisma.inboxTask.findMany({
    where: { id: { in: ids.map(({ id }) => id) } },
    orderBy: { tellAt: "asc" },
    include: taskInclude,
  });
  const byWorkspace = new Map<string, TaskRow[]>();
  for (const task of tasks) byWorkspace.set(task.workspaceId, [...(byWorkspace.get(task.workspaceId) ?? []), task]);
  return [...byWorkspace.values()];
};

/**
 * Writes to everybody who is asked, each with a link of their own, once a task. A mail server that refuses is tried again, later each time; where none is set,
 * nobody is written to. Each workspace has its own time, so that the server of one holds up no other. Gives how many mails went out.
 */
export const tellPeople = async (
  database: Database,
  now: Date = new Date(),
  send: Send = (server, mail) => sendMail(server, mail),
): Promise<number> => {
  const until = performance.now() + passMs;
  const sent = await Promise.all(
    (await dueTasks(database, now)).map(async (tasks) => {
      let count = 0;
      for (const task of tasks) {
        if (performance.now() > until) break;
        count += await tellOne(database, task, send, now, until).catch((error: unknown) => {
          console.error(`people could not be told of review ${task.id}:`, error);
          return 0;
        });
      }
      return count;
    }),
  );
  return sent.reduce((sum, count) => sum + count, 0);
};

const tellOne = async (database: Database, task: TaskRow, send: Send, now: Date, until: number): Promise<number> => {
  const { inboxTask } = database.prisma;
  const tries = task.tellTries + 1;
  const later = tries < mostTries ? new Date(now.getTime() + minuteMs * 4 ** tries) : null;
  // Claimed first: of two processes one writes.
  const claimed = await inboxTask.updateMany({
    where: { id: task.id, tellAt: task.tellAt },
    data: { tellAt: later, tellTries: tries },
  });
  if (claimed.count === 0) return 0;
  const server = task.state === "open" ? await mailServerOf(database, task.workspaceId) : null;
  const told =
    server === null ? { sent: 0, untold: [], isCut: false } : await tellOf(database, task, server, send, now, until);
  const { sent, untold, isCut } = told;
  if (untold.length > 0) {
    const people = untold.map(({ userId, error }) => `${userId} (${error})`).join(", ");
    const next = later === null ? "they are not tried again" : `they are tried again after ${later.toISOString()}`;
    console.error(`not told of review ${task.id}, ${next}: ${people}`);
  } else if (isCut) {
    // Only its time was over: that is no try.
    await inboxTask.updateMany({ where: { id: task.id }, data: { tellAt: now, tellTries: task.tellTries } });
  } else await inboxTask.updateMany({ where: { id: task.id }, data: { tellAt: null } });
  return sent;
};

interface Told {
  readonly sent: number;
  /** Who was not told, and why. */
  readonly untold: readonly { readonly userId: string; readonly error: string }[];
  /** The time was over before everybody's turn. */
  readonly isCut: boolean;
}

const tellOf = async (
  database: Database,
  task: TaskRow,
  server: MailServer,
  send: Send,
  now: Date,
  until: number,
): Promise<Told> => {
  const base = baseUrl(readAddress());
  const untold: { readonly userId: string; readonly error: string }[] = [];
  let sent = 0;
  for (const { userId, email } of await askedPeople(database, task, now)) {
    if (performance.now() > until) return { sent, untold, isCut: true };
    const facts = { id: newLinkId(), taskId: task.id, userId, expiresAt: task.dueAt };
    await database.prisma.inboxLink.create({ data: { ...facts, workspaceId: task.workspaceId } });
    const mail = askedMail({
      to: email,
      title: task.title,
      pipeline: task.run.pipeline.name,
      dueAt: task.dueAt,
      link: `${base}/answer/${linkToken(facts)}`,
      inbox: `${base}/inbox?task=${task.id}`,
    });
    const result = await send(server, mail);
    if (result.ok) {
      sent += 1;
      continue;
    }
    // One address that is refused is no reason not to write to the others.
    await database.prisma.inboxLink.delete({ where: { id: facts.id } });
    untold.push({ userId, error: result.error });
  }
  return { sent, untold, isCut: false };
};

/** Members who may answer now and have no link yet. Owners are written to only where they are asked: they may always answer, and would be told of everything. */
const askedPeople = async ({ prisma }: Database, task: TaskRow, now: Date) => {
  const members = await prisma.membership.findMany({
    where: { workspaceId: task.workspaceId, user: { id: { notIn: (await linked(prisma, task.id)) as string[] } } },
    include: { user: { select: { name: true, email: true } } },
    orderBy: { createdAt: "asc" },
  });
  const asked = askedOf(task);
  return members
    .filter(({ userId, role, user }) => {
      const isNamed = task.emails.some((email) => email.toLowerCase() === user.email.toLowerCase());
      const isOfRole = task.emails.length === 0 && permits(role, task.role);
      const isEscalated = task.escalatedTo !== null && permits(role, task.escalatedTo);
      if (!isNamed && !isOfRole && !isEscalated) return false;
      const reviewer = { id: `user:${userId}`, name: user.name, email: user.email, role, seesPersonalData: false };
      return obstacleOf(asked, reviewer, now) === null;
    })
    .slice(0, mostPeople)
    .map(({ userId, user }) => ({ userId, email: user.email }));
};

const linked = async (prisma: Database["prisma"], taskId: string): Promise<readonly string[]> =>
  (await prisma.inboxLink.findMany({ where: { taskId }, select: { userId: true } })).map(({ userId }) => userId);
