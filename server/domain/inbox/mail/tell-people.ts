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

const mostAtOnce = 50;
/** People told of one task; a workspace of thousands is not written to as a whole. */
const mostPeople = 50;
const mostTries = 5;
const minuteMs = 60_000;

export type Send = (server: MailServer, mail: Mail) => ReturnType<typeof sendMail>;

/**
 * Writes to everybody who is asked, each with a link of their own, once a task. A mail server that refuses is tried again, later each time; where none is set,
 * nobody is written to. Gives how many mails went out.
 */
export const tellPeople = async (
  database: Database,
  now: Date = new Date(),
  send: Send = (server, mail) => sendMail(server, mail),
): Promise<number> => {
  const { prisma } = database;
  const tasks = await prisma.inboxTask.findMany({
    where: { tellAt: { lte: now } },
    orderBy: { tellAt: "asc" },
    take: mostAtOnce,
    include: taskInclude,
  });
  let sent = 0;
  for (const task of tasks) {
    const tries = task.tellTries + 1;
    const later = tries < mostTries ? new Date(now.getTime() + minuteMs * 4 ** tries) : null;
    // Claimed first: of two processes one writes.
    const claimed = await prisma.inboxTask.updateMany({
      where: { id: task.id, tellAt: task.tellAt },
      data: { tellAt: later, tellTries: tries },
    });
    if (claimed.count === 0) continue;
    const server = task.state === "open" ? await mailServerOf(database, task.workspaceId) : null;
    const told = server === null ? { sent: 0, failed: null } : await tellOf(database, task, server, send, now);
    sent += told.sent;
    if (told.failed === null) await prisma.inboxTask.updateMany({ where: { id: task.id }, data: { tellAt: null } });
    else console.error(`people could not be told of a review: ${told.failed}`);
  }
  return sent;
};

const tellOf = async (
  database: Database,
  task: TaskRow,
  server: MailServer,
  send: Send,
  now: Date,
): Promise<{ readonly sent: number; readonly failed: string | null }> => {
  const base = baseUrl(readAddress());
  let sent = 0;
  for (const { userId, email } of await askedPeople(database, task, now)) {
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
    if (!result.ok) {
      await database.prisma.inboxLink.delete({ where: { id: facts.id } });
      return { sent, failed: result.error };
    }
    sent += 1;
  }
  return { sent, failed: null };
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
