import type { Database } from "@/server/platform/db/database";
import type { InboxTaskView } from "./inbox.types";
import { idOfToken, isSigned } from "./link-token";
import type { Reviewer } from "./may-answer";
import { readerOf } from "./reader-of";
import { findTask } from "./task-row";
import { inboxTaskView } from "./task-view";

export interface OpenLink {
  readonly id: string;
  readonly workspaceId: string;
  readonly reviewer: Reviewer;
  readonly task: InboxTaskView;
  /** It was answered by this link already. */
  readonly isUsed: boolean;
}

/** What a link leads to; null where it is none, has expired, or was made for somebody who has left the workspace. */
export const openLink = async (database: Database, token: string, now: Date = new Date()): Promise<OpenLink | null> => {
  const id = idOfToken(token);
  if (id === null) return null;
  const link = await database.prisma.inboxLink.findUnique({ where: { id } });
  if (link === null || !isSigned(token, link) || link.expiresAt.getTime() <= now.getTime()) return null;
  const { workspaceId, userId } = link;
  const membership = await database.prisma.membership.findUnique({
    where: { workspaceId_userId: { workspaceId, userId } },
    select: { role: true },
  });
  const row = await findTask(database, workspaceId, link.taskId);
  if (membership === null || row === null) return null;
  const reviewer = await readerOf(database, { userId, role: membership.role });
  const task = await inboxTaskView(row, reviewer, new Map(), now);
  return { id, workspaceId, reviewer, task, isUsed: link.usedAt !== null };
};

/** It has answered, and does not again, also where the person is asked anew. */
export const spendLink = async ({ prisma }: Database, id: string, now: Date = new Date()): Promise<void> => {
  await prisma.inboxLink
    .updateMany({ where: { id, usedAt: null }, data: { usedAt: now } })
    .catch((error: unknown) =>
      console.error("a link could not be marked as used, though its answer is stored:", error),
    );
};
