import { findPrompt } from "@/server/domain/prompt/find-prompt";
import { byIdInput } from "@/server/domain/prompt/prompt.types";
import { viewerProcedure } from "@/server/platform/trpc/procedures";

const most = 100;

/** What happened to a prompt, latest first: versions, labels that moved and what went along, protection. Of each, what the audit log wrote down. */
export const promptLog = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { database, workspaceId } = ctx;
  await findPrompt(database.prisma, workspaceId, id);
  const rows = await database.prisma.auditEntry.findMany({
    where: { workspaceId, subject: `prompt:${id}` },
    orderBy: [{ at: "desc" }, { id: "desc" }],
    take: most + 1,
    select: { id: true, action: true, data: true, userId: true, at: true },
  });
  const members = await database.prisma.membership.findMany({
    where: { workspaceId, userId: { in: [...new Set(rows.flatMap(({ userId }) => userId ?? []))] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map(({ userId, user }) => [userId, user.name]));
  return {
    entries: rows.slice(0, most).map(({ userId, data, ...row }) => ({
      ...row,
      data: data as Readonly<Record<string, unknown>>,
      by: userId === null ? null : (names.get(userId) ?? null),
    })),
    more: rows.length > most,
  };
});
