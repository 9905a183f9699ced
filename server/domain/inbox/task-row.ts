import type { Prisma } from "@/generated/prisma/client";
import type { PersonQuestion } from "@/runtime/node/people";
import type { Database } from "@/server/platform/db/database";
import type { Proposal } from "./check-decision";
import type { AskedOf } from "./may-answer";

export const taskInclude = {
  run: {
    select: {
      status: true,
      userId: true,
      apiKeyId: true,
      trigger: true,
      revision: { select: { userId: true } },
      pipeline: { select: { id: true, name: true } },
    },
  },
  decisions: { orderBy: { createdAt: "asc" } },
} as const satisfies Prisma.InboxTaskInclude;

export type TaskRow = Prisma.InboxTaskGetPayload<{ include: typeof taskInclude }>;

export const questionOf = ({ question }: Pick<TaskRow, "question">): PersonQuestion => JSON.parse(question);
export const proposed = ({ proposal }: Pick<TaskRow, "proposal">): Proposal | null =>
  proposal === null ? null : JSON.parse(proposal);

const approvals = ({ decisions, round }: TaskRow) =>
  decisions.filter((each) => each.isApproval && each.round === round);

/** Names and ids of those who have approved what is proposed now. */
export const approvers = (row: TaskRow): readonly { readonly reviewer: string; readonly name: string }[] =>
  approvals(row).map(({ reviewer, name }) => ({ reviewer, name }));

export const askedOf = (row: TaskRow): AskedOf => ({
  ...row,
  authors: [
    ...(row.run.userId === null ? [] : [`user:${row.run.userId}`]),
    ...(row.run.revision.userId === null ? [] : [`user:${row.run.revision.userId}`]),
    ...(row.run.apiKeyId === null ? [] : [`key:${row.run.apiKeyId}`]),
  ],
  approvedBy: approvals(row).map(({ reviewer }) => reviewer),
});

export const findTask = (database: Database, workspaceId: string, id: string): Promise<TaskRow | null> =>
  database.prisma.inboxTask.findFirst({ where: { id, workspaceId }, include: taskInclude });
