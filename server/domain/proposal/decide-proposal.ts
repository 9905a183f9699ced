import type { Proposal } from "@/generated/prisma/client";
import { catalog } from "@/nodes";
import type { GraphDocument } from "@/runtime/graph/document";
import { sameJson } from "@/runtime/graph/hash";
import { applyOverrides } from "@/runtime/graph/overrides";
import { describeConfig } from "@/runtime/node/describe-config";
import { startCheck } from "@/server/domain/gate/start-check";
import type { Transaction } from "@/server/domain/prompt/find-prompt";
import { moveWithFollowers } from "@/server/domain/prompt-label/move-procedures";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { readDocument } from "@/server/domain/revision/read-document";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { heldBy, holderOf } from "@/server/domain/revision/settle-prompts";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import type { Member } from "@/server/platform/guard/member";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { withVersion } from "./create-proposal";
import { partOf } from "./open-fields";
import { byIdInput, declineInput, type FieldChange, type ProposalState, type ProposedPrompt } from "./proposal.types";
import { findProposal, isAlone, moveOfProposal, readProposal } from "./read-proposal";

const alreadyDecided = (state: string): ApplicationError =>
  new ApplicationError("CONFLICT", `This proposal was ${state} meanwhile.`, {
    reason: "answered",
    hint: "Look at what was decided.",
  });

/** Of two who decide at the same moment the second is told. */
const settle = async (
  prisma: Pick<Transaction, "proposal">,
  row: Proposal,
  member: Member,
  state: ProposalState,
  reason = "",
): Promise<void> => {
  const own = { id: row.id, workspaceId: row.workspaceId };
  const { count } = await prisma.proposal.updateMany({
    where: { ...own, state: "open" },
    data: { state, decidedBy: member.userId, decidedAt: new Date(), reason },
  });
  if (count === 1) return;
  const now = await prisma.proposal.findFirst({ where: own, select: { state: true } });
  throw alreadyDecided(now?.state ?? "deleted");
};

/**
 * Accepts a proposal: the prompt's label moves to its version, with everything that follows it and through its gates, and settings of steps go into the draft. All of it or nothing. What was
 * changed at the same place meanwhile is not written over.
 */
export const acceptProposal = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findProposal(database, workspaceId, id);
  if (row.state !== "open") throw alreadyDecided(row.state);
  if (row.userId === member.userId && !(await isAlone(database, workspaceId, member.userId))) {
    throw new ApplicationError("FORBIDDEN", "Somebody else has to accept what you propose.", {
      reason: "role-too-low",
      hint: "Ask another editor or owner of the workspace.",
    });
  }
  const { changes, prompt } = readProposal(row);
  const draft = await draftWith(database, row, changes, prompt);
  const also = async (prisma: Transaction) => {
    await settle(prisma, row, member, "accepted");
    if (draft === null) return;
    const { count } = await prisma.pipeline.updateMany({
      where: { id: row.pipelineId, workspaceId, deletedAt: null, revision: draft.revision },
      data: { document: draft.document, graphHash: draft.graphHash, revision: { increment: 1 } },
    });
    if (count === 0) {
      throw new ApplicationError("CONFLICT", "The draft of this pipeline was changed just now.", {
        reason: "stale-revision",
        hint: "Accept once more.",
      });
    }
  };
  const move = await moveOfProposal(database, row);
  const moved =
    prompt === null || prompt.label === "" || prompt.label === "latest"
      ? await database.prisma.$transaction(also).then(() => null)
      : await moveWithFollowers(
          database,
          workspaceId,
          member,
          { id: prompt.promptId, name: prompt.label, number: prompt.number, from: fromOf(prompt, move?.label ?? null) },
          also,
        );
  await recordAudit(database, {
    member,
    action: "proposal.accept",
    subject: `proposal:${id}`,
    data: { pipeline: row.pipelineId, moved: moved?.moved.slice(0, 20).join(", ") ?? "" },
  });
  return { id, draft: draft !== null, moved: moved?.moved ?? [], held: moved?.held ?? [] };
});

/** The label must still point at the version that the words were changed from: otherwise somebody else's change would be taken back. */
const fromOf = (
  { label: name, parent, slug }: ProposedPrompt,
  label: { readonly number: number } | null,
): number | null => {
  if (label === null || label.number === parent) return label?.number ?? null;
  throw new ApplicationError(
    "CONFLICT",
    `${name} of ${slug} points at version ${label.number} now; this was made from version ${parent}.`,
    {
      reason: "label-moved",
      hint: "Merge the two versions in the library and move the label there, or propose it again.",
    },
  );
};

/** The draft with the settings that are a step's own; null where nothing of it changes. */
const draftWith = async (
  database: Database,
  row: Proposal,
  changes: readonly FieldChange[],
  prompt: ProposedPrompt | null,
) => {
  const { workspaceId, pipelineId } = row;
  const stored = await database.prisma.pipeline.findFirst({
    where: { id: pipelineId, workspaceId, deletedAt: null },
    select: { document: true, revision: true },
  });
  if (stored === null) throw notFound("pipeline");
  const former = readStoredDocument(stored.document);
  const own = changes.filter((change) => !isOfPrompt(former, change, prompt));
  const wanted = own.map((change) => {
    const node = former.nodes.find(({ id }) => id === change.node);
    const definition = node === undefined ? undefined : catalog.get(node.type);
    const described =
      definition === undefined
        ? undefined
        : describeConfig(definition.config).find(({ name }) => name === change.field);
    const now = node === undefined ? undefined : (node.config[change.field] ?? described?.initial ?? null);
    if (node === undefined || !(sameJson(now, change.before) || sameJson(now, change.after))) {
      throw new ApplicationError(
        "CONFLICT",
        `The draft has something else in ${change.field} of ${node?.label ?? change.node} now.`,
        {
          reason: "stale-revision",
          hint: "Look at the draft. Put back what stood there, or decline and propose anew.",
        },
      );
    }
    return { nodeId: change.node, config: { [change.field]: change.after } };
  });
  const laid = applyOverrides(former, wanted);
  if (!laid.ok) throw notFound("step");
  const whole = prompt !== null && prompt.label === "" ? withVersion(laid.value, prompt) : laid.value;
  if (sameJson(whole, former)) return null;
  const read = readDocument(whole);
  await freezeRevision(database, await requireDraft(database, workspaceId, pipelineId), {
    reason: "before-ship",
    userId: row.userId,
  });
  return { ...read, revision: stored.revision };
};

/** Whether a setting has its words from the prompt, so that its version brings them. */
const isOfPrompt = (document: GraphDocument, { node: id, field }: FieldChange, prompt: ProposedPrompt | null) => {
  if (prompt === null) return false;
  const node = document.nodes.find((each) => each.id === id);
  const held = node === undefined ? null : heldBy(node.type, node.config);
  const holder = node === undefined ? null : holderOf(node.type);
  return held?.reference === prompt.promptId && holder !== null && partOf(holder.holder, field) !== undefined;
};

export const declineProposal = editorProcedure.input(declineInput).mutation(async ({ ctx, input: { id, reason } }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findProposal(database, workspaceId, id);
  await settle(database.prisma, row, member, "declined", reason);
  await recordAudit(database, {
    member,
    action: "proposal.decline",
    subject: `proposal:${id}`,
    data: { pipeline: row.pipelineId },
  });
  return { id };
});

/** Whoever proposed it takes it back. */
export const withdrawProposal = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findProposal(database, workspaceId, id);
  if (row.userId !== member.userId) {
    throw new ApplicationError("FORBIDDEN", "Only whoever proposed it withdraws it.", {
      reason: "role-too-low",
      hint: "Decline it, and say why.",
    });
  }
  await settle(database.prisma, row, member, "withdrawn");
  return { id };
});

/** Has the gate look at a proposal again, or for the first time. */
export const checkProposal = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const row = await findProposal(database, workspaceId, id);
  const gate = await database.prisma.gate.findFirst({
    where: { pipelineId: row.pipelineId, workspaceId, enabled: true },
  });
  if (gate === null) throw notFound("gate");
  await startCheck(database, gate, row.revisionId, member.userId);
  return { id };
});
