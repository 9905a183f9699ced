import type { z } from "zod";
import { promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import type { Transaction } from "./find-prompt";
import { saveVersionInput } from "./prompt.types";
import { readContent } from "./version-content";

type VersionToKeep = z.output<typeof saveVersionInput>;

/**
 * Keeps a new version. Whoever wrote it beside a newer one that they did not see is told and keeps their words; saved again with that one as `newest`, theirs becomes a
 * branch. The same words as the parent's make no version. Inside a transaction.
 */
export const keepVersion = async (
  prisma: Transaction,
  workspaceId: string,
  member: Member,
  input: VersionToKeep,
): Promise<{ readonly id: string; readonly number: number; readonly hash: string }> => {
  const { id, parent, merged = null, newest, note } = input;
  // Raised first, so that of two who save at once the second waits and sees the first one's version.
  const [prompt] = await prisma.prompt.updateManyAndReturn({
    where: { id, workspaceId },
    data: { newest: { increment: 1 } },
  });
  if (prompt === undefined) throw notFound("prompt");
  const number = prompt.newest;
  if (number - 1 !== newest) {
    throw new ApplicationError("CONFLICT", `Version ${number - 1} was saved since you opened this one.`, {
      reason: "stale-revision",
      hint: "Look at what changed. Save again to keep yours as a branch, or merge the two.",
      conflict: { revision: number - 1, updatedAt: prompt.updatedAt },
    });
  }
  const known = await prisma.promptVersion.findMany({
    where: { promptId: id, workspaceId, number: { in: merged === null ? [parent] : [parent, merged] } },
    select: { number: true, hash: true },
  });
  const base = known.find((version) => version.number === parent);
  if (base === undefined || (merged !== null && !known.some((version) => version.number === merged)))
    throw notFound("version");
  const held = await prisma.promptVersion.count({ where: { promptId: id, workspaceId } });
  if (held >= promptLimits.versions) {
    throw new ApplicationError("BAD_REQUEST", `A prompt has at most ${promptLimits.versions} versions.`, {
      reason: "limit-reached",
      hint: "Delete versions that nothing uses.",
    });
  }
  const { content, hash } = await readContent(prisma, workspaceId, prompt, input.content);
  if (hash === base.hash && merged === null) {
    throw new ApplicationError("BAD_REQUEST", `Nothing differs from version ${parent}.`, {
      reason: "input-invalid",
      hint: "Change something, or move a label to that version.",
    });
  }
  await prisma.promptVersion.create({
    data: {
      workspaceId,
      promptId: id,
      number,
      hash,
      content: content as object,
      note,
      userId: member.userId,
      parent,
      merged,
    },
  });
  await recordAudit(
    { prisma },
    { member, action: "prompt.save-version", subject: `prompt:${id}`, data: { number, parent } },
  );
  return { id, number, hash };
};

export const saveVersion = editorProcedure.input(saveVersionInput).mutation(({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  return database.prisma.$transaction((prisma) => keepVersion(prisma, workspaceId, member, input));
});
