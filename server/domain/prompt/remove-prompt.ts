import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findPrompt } from "./find-prompt";
import { byIdInput, byVersionInput } from "./prompt.types";
import { type NeededBy, neededBy } from "./used-versions";

const inUse = (what: string, needed: readonly NeededBy[]): ApplicationError => {
  const named = needed.slice(0, 3).map(({ kind, name }) => `${kind} "${name}"`);
  const more = needed.length > 3 ? ` and ${needed.length - 3} more` : "";
  return new ApplicationError("CONFLICT", `${what} is needed by ${named.join(", ")}${more}.`, {
    reason: "in-use",
    hint: "Move the label, or have the steps hold another version or their own text, then delete it.",
  });
};

/** Deletes a prompt with its versions and labels. Refused while a draft, a live version or another prompt needs it; what ran with it keeps its text. */
export const removePrompt = editorProcedure.input(byIdInput).mutation(({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  return database.prisma.$transaction(async (prisma) => {
    const { name, slug } = await findPrompt(prisma, workspaceId, id);
    const locked = await prisma.promptLabel.findFirst({ where: { promptId: id, workspaceId, protected: true } });
    if (locked !== null && member.role !== "owner") {
      throw new ApplicationError("FORBIDDEN", `The label ${locked.name} of this prompt is protected.`, {
        reason: "role-too-low",
        hint: "Ask an owner of the workspace to delete it.",
      });
    }
    const needed = await neededBy(prisma, workspaceId, { id, slug, number: null });
    if (needed.length > 0) throw inUse(`"${name}"`, needed);
    await prisma.prompt.deleteMany({ where: { id, workspaceId } });
    await recordAudit({ prisma }, { member, action: "prompt.remove", subject: `prompt:${id}`, data: { name, slug } });
    return { id };
  });
});

/** Deletes one version. Its number is not given again; the newest one stays, since `latest` stands for it. */
export const removeVersion = editorProcedure.input(byVersionInput).mutation(({ ctx, input: { id, number } }) => {
  const { database, workspaceId, member } = ctx;
  return database.prisma.$transaction(async (prisma) => {
    const { slug, newest } = await findPrompt(prisma, workspaceId, id);
    const found = await prisma.promptVersion.count({ where: { promptId: id, workspaceId, number } });
    if (found === 0) throw notFound("version");
    const latest: readonly NeededBy[] = number === newest ? [{ kind: "label", name: "latest" }] : [];
    const needed = [...latest, ...(await neededBy(prisma, workspaceId, { id, slug, number }))];
    if (needed.length > 0) throw inUse(`Version ${number}`, needed);
    await prisma.promptVersion.deleteMany({ where: { promptId: id, workspaceId, number } });
    await recordAudit(
      { prisma },
      { member, action: "prompt.remove-version", subject: `prompt:${id}`, data: { number } },
    );
    return { id, number };
  });
});
