import { promptLimits } from "@/nodes/lib/prompt/prompt-content";
import { latestLabel } from "@/nodes/lib/prompt/prompt-name";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { permits } from "@/server/platform/guard/access";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { ownerProcedure } from "@/server/platform/trpc/procedures";
import { findPrompt, type Transaction } from "./find-prompt";
import { protectLabelInput } from "./prompt.types";

export interface LabelMove {
  readonly id: string;
  readonly name: string;
  readonly number: number | null;
  readonly from: number | null;
}

export const labelMoved = (name: string, number: number | null) =>
  new ApplicationError(
    "CONFLICT",
    number === null
      ? `The label ${name} was taken away meanwhile.`
      : `${name} was moved to version ${number} meanwhile.`,
    { reason: "label-moved", hint: "Look at where it points now, then decide again." },
  );

export const refuseKept = (name: string) => {
  if (name !== latestLabel) return;
  throw new ApplicationError("BAD_REQUEST", "latest is kept by the app: it always is the newest version.", {
    reason: "input-invalid",
    hint: "Use a label of another name.",
  });
};

/** Refuses a person who may not move a protected label. */
export const requireMover = (member: Member, label: { readonly name: string; readonly protected: boolean }): void => {
  if (!label.protected || permits(member.role, "owner")) return;
  throw new ApplicationError("FORBIDDEN", `The label ${label.name} is protected: only owners move it.`, {
    reason: "role-too-low",
    hint: "Ask an owner of the workspace to move it.",
  });
};

/**
 * Points a label at a version, makes one, or takes it away, if it still is where the person saw it: of two who move one at the same moment the second is told. Inside a transaction, so
 * that what goes along stands or falls with it.
 */
export const moveLabel = async (
  prisma: Transaction,
  workspaceId: string,
  member: Member,
  { id, name, number, from }: LabelMove,
): Promise<void> => {
  refuseKept(name);
  await findPrompt(prisma, workspaceId, id);
  if (number !== null && (await prisma.promptVersion.count({ where: { promptId: id, workspaceId, number } })) === 0)
    throw notFound("version");
  const own = { promptId: id, workspaceId, name };
  const label = await prisma.promptLabel.findFirst({ where: own });
  if ((label?.number ?? null) !== from) throw labelMoved(name, label?.number ?? null);
  if (label !== null) requireMover(member, label);
  const seen = { ...own, ...(from === null ? {} : { number: from }) };
  if (number === null) {
    if ((await prisma.promptLabel.deleteMany({ where: seen })).count !== 1) throw labelMoved(name, null);
  } else if (from === null) {
    if ((await prisma.promptLabel.count({ where: { promptId: id, workspaceId } })) >= promptLimits.labels) {
      throw new ApplicationError("BAD_REQUEST", `A prompt has at most ${promptLimits.labels} labels.`, {
        reason: "limit-reached",
        hint: "Take one away that is no longer used.",
      });
    }
    await prisma.promptLabel.create({ data: { ...own, number, userId: member.userId } });
  } else {
    const data = { number, userId: member.userId, movedAt: new Date() };
    if ((await prisma.promptLabel.updateMany({ where: seen, data })).count !== 1) throw labelMoved(name, null);
  }
  await recordAudit(
    { prisma },
    { member, action: "prompt.set-label", subject: `prompt:${id}`, data: { label: name, from, number } },
  );
};

export const protectLabel = ownerProcedure.input(protectLabelInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { id, name } = input;
  refuseKept(name);
  const own = { promptId: id, workspaceId, name };
  const { count } = await database.prisma.promptLabel.updateMany({ where: own, data: { protected: input.protected } });
  if (count === 0) throw notFound("label");
  const data = { label: name, protected: input.protected };
  await recordAudit(database, { member, action: "prompt.protect-label", subject: `prompt:${id}`, data });
  return { id, name };
});
