import { promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { slugOf, standardLabel } from "@/nodes/lib/prompt/prompt-name";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import type { Transaction } from "./find-prompt";
import { type CreateInput, createInput } from "./prompt.types";
import { readContent } from "./version-content";

const slugTaken = (slug: string) =>
  new ApplicationError("CONFLICT", `There is a prompt "${slug}" already.`, {
    reason: "name-taken",
    hint: "Choose another short name.",
    fields: { slug: `There is a prompt "${slug}" already.` },
  });

/** Numbers that are tried behind a slug that is taken. */
const mostTries = 1_000;

/** The slug that a name gives, with a number behind where it is taken. */
export const freeSlug = async (
  prisma: Pick<Transaction, "prompt">,
  workspaceId: string,
  name: string,
): Promise<string> => {
  const stem = slugOf(name);
  const short = slugOf(stem.slice(0, promptLimits.slugLength - 5));
  const taken = await prisma.prompt.findMany({
    where: { workspaceId, slug: { startsWith: short } },
    select: { slug: true },
    take: promptLimits.prompts,
  });
  const known = new Set(taken.map(({ slug }) => slug));
  for (let at = 1; at <= mostTries; at++) {
    const slug = at === 1 ? stem : `${short}-${at}`;
    if (!known.has(slug)) return slug;
  }
  throw slugTaken(stem);
};

/** A prompt with its first version, which `production` points at. */
export const makePrompt = async (
  prisma: Transaction,
  workspaceId: string,
  userId: string | null,
  input: CreateInput,
): Promise<{ readonly id: string; readonly slug: string }> => {
  if ((await prisma.prompt.count({ where: { workspaceId } })) >= promptLimits.prompts) {
    throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${promptLimits.prompts} prompts.`, {
      reason: "limit-reached",
      hint: "Delete prompts that nobody needs.",
    });
  }
  const { name, kind, folder, taskType, tags, notes, note } = input;
  const slug = input.slug ?? (await freeSlug(prisma, workspaceId, name));
  const { content, hash } = await readContent(prisma, workspaceId, { slug, kind }, input.content);
  if ((await prisma.prompt.count({ where: { workspaceId, slug } })) > 0) throw slugTaken(slug);
  const { id } = await prisma.prompt.create({
    data: { workspaceId, slug, name, kind, folder, taskType, tags, notes, newest: 1 },
    select: { id: true },
  });
  await prisma.promptVersion.create({
    data: { workspaceId, promptId: id, number: 1, hash, content: content as object, note, userId },
  });
  await prisma.promptLabel.create({ data: { workspaceId, promptId: id, name: standardLabel, number: 1, userId } });
  return { id, slug };
};

export const createPrompt = editorProcedure.input(createInput).mutation(({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  return database.prisma
    .$transaction(async (prisma) => {
      const made = await makePrompt(prisma, workspaceId, member.userId, input);
      const data = { name: input.name, slug: made.slug };
      await recordAudit({ prisma }, { member, action: "prompt.create", subject: `prompt:${made.id}`, data });
      return made;
    })
    .catch((error: unknown) => {
      throw isTaken(error) ? slugTaken(input.slug ?? slugOf(input.name)) : error;
    });
});
