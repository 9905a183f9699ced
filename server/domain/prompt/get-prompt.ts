import { sayComposeProblem } from "@/nodes/lib/prompt/compose-prompt";
import { promptContent } from "@/nodes/lib/prompt/prompt-content";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { composeContent } from "./compose-version";
import { findPrompt } from "./find-prompt";
import { byIdInput, byVersionInput, versionsInput } from "./prompt.types";

/** Versions of one page of the history. */
const pageSize = 100;

/** A prompt with its labels; its versions are asked for by themselves. */
export const getPrompt = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { database, workspaceId } = ctx;
  const { workspaceId: _, ...prompt } = await findPrompt(database.prisma, workspaceId, id);
  const labels = await database.prisma.promptLabel.findMany({
    where: { promptId: id, workspaceId },
    orderBy: { name: "asc" },
    select: { name: true, number: true, protected: true, movedAt: true },
  });
  return { ...prompt, labels };
});

/** The history, newest first: who wrote what when, and from which version. */
export const promptVersions = viewerProcedure.input(versionsInput).query(async ({ ctx, input: { id, before } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  await findPrompt(prisma, workspaceId, id);
  const rows = await prisma.promptVersion.findMany({
    where: { promptId: id, workspaceId, ...(before === undefined ? {} : { number: { lt: before } }) },
    orderBy: { number: "desc" },
    take: pageSize + 1,
    select: { number: true, hash: true, note: true, userId: true, parent: true, merged: true, createdAt: true },
  });
  const versions = rows.slice(0, pageSize);
  const ids = versions.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const members = await prisma.membership.findMany({
    where: { workspaceId, userId: { in: [...new Set(ids)] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map(({ userId, user }) => [userId, user.name]));
  return {
    versions: versions.map(({ userId, ...version }) => ({
      ...version,
      /** null where nobody is known to have written it, or they have left. */
      by: userId === null ? null : (names.get(userId) ?? null),
    })),
    /** Where the next page begins; null at the end. */
    next: rows.length > pageSize ? (versions.at(-1)?.number ?? null) : null,
  };
});

/** What a version says, and with the prompts that it includes in their places, as they are now. */
export const promptVersion = viewerProcedure.input(byVersionInput).query(async ({ ctx, input: { id, number } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const prompt = await findPrompt(prisma, workspaceId, id);
  const version = await prisma.promptVersion.findFirst({ where: { promptId: id, workspaceId, number } });
  if (version === null) throw notFound("version");
  const content = promptContent.parse(version.content);
  const composed = await composeContent(prisma, workspaceId, prompt.slug, content);
  const { hash, note, parent, merged, createdAt } = version;
  return {
    number,
    hash,
    note,
    parent,
    merged,
    createdAt,
    content,
    composed: composed.ok ? composed.value : null,
    problem: composed.ok ? null : sayComposeProblem(composed.error),
  };
});
