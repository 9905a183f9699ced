import { catalog } from "@/nodes";
import { compile } from "@/runtime/plan/compile";
import { freezeOverrides } from "@/server/domain/revision/freeze-draft";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { startRevision } from "@/server/domain/run/start-revision";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { baseOf, freezeBase } from "./base-of";
import { openable, openViews, sameField, storedOpen } from "./open-fields";
import { deskInput, setOpenInput, tryInput } from "./proposal.types";
import { readChanges, trialOverrides } from "./read-changes";
import { answerText } from "./run-answer";

/** A pipeline without its canvas: what goes in, what may be changed, what is live, and, where one is named, the run that somebody is not content with. */
export const desk = editorProcedure.input(deskInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const base = await baseOf(database, workspaceId, input.pipelineId);
  const open = await storedOpen(database, workspaceId, input.pipelineId);
  const compiled = compile(base.document, catalog);
  const fields = await openViews(database, workspaceId, base.document, open);
  return {
    pipeline: { id: base.pipelineId, name: base.name },
    sampleInputs: base.sampleInputs,
    live: base.live,
    /** What a run is given; null where the pipeline has errors and does not run. */
    inputs: compiled.ok ? compiled.value.inputFields : null,
    fields,
    openable: openable(base.document).map((each) => ({
      node: each.node,
      field: each.field,
      label: each.label,
      step: each.step,
      title: each.title,
      isOpen: open.some((one) => sameField(one, each)),
    })),
    run: input.runId === undefined ? null : await runOf(database, workspaceId, input.pipelineId, input.runId),
  };
});

const runOf = async (
  database: Parameters<typeof readRunLog>[0],
  workspaceId: string,
  pipelineId: string,
  runId: string,
) => {
  const row = await database.prisma.run.findFirst({
    where: { id: runId, workspaceId, pipelineId },
    select: { id: true, status: true, feedback: { select: { correction: true } } },
  });
  if (row === null) throw notFound("run");
  const events = await readRunLog(database, runId);
  const [first] = events;
  return {
    id: row.id,
    inputs: first?.type === "run-start" && first.part === undefined ? first.inputs : null,
    answer: answerText(events),
    correction: row.feedback?.correction ?? "",
  };
};

/** Says which settings may be changed without the canvas. */
export const setOpen = editorProcedure.input(setOpenInput).mutation(async ({ ctx, input: { pipelineId, fields } }) => {
  const { database, workspaceId, member } = ctx;
  const base = await baseOf(database, workspaceId, pipelineId);
  const known = openable(base.document);
  const unknown = fields.find((field) => !known.some((each) => sameField(each, field)));
  if (unknown !== undefined) {
    throw new ApplicationError("BAD_REQUEST", `${unknown.node} has no setting ${unknown.field} that could be opened.`, {
      reason: "input-invalid",
      hint: "Load the page again: the pipeline was changed meanwhile.",
    });
  }
  // Past the client library: it is no part of the draft, so the time of the last change does not move.
  const changed = await database.prisma.$executeRaw`
    UPDATE "Pipeline" SET "openFields" = ${JSON.stringify(fields)}::jsonb
    WHERE "id" = ${pipelineId} AND "workspaceId" = ${workspaceId} AND "deletedAt" IS NULL`;
  if (changed === 0) throw notFound("pipeline");
  await recordAudit(database, {
    member,
    action: "proposal.set-open",
    subject: `pipeline:${pipelineId}`,
    data: { fields: fields.length },
  });
  return { pipelineId, fields: fields.length };
});

/** Runs one case as it is now, or with the changes; nothing of it is kept but the run. */
export const tryChanges = editorProcedure.input(tryInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const base = await baseOf(database, workspaceId, input.pipelineId);
  const frozen = await freezeBase(database, workspaceId, base, member.userId);
  const changes = await readChanges(database, workspaceId, base, input.changes);
  const overrides = await trialOverrides(database, workspaceId, base.document, changes);
  const tried = await freezeOverrides(database, workspaceId, frozen.id, overrides, {
    reason: "variant",
    userId: member.userId,
  });
  const revision = await database.prisma.revision.findFirst({
    where: { id: tried?.id ?? "", workspaceId },
    select: { id: true, document: true },
  });
  if (revision === null) throw notFound("version");
  const runId = await startRevision(database, workspaceId, {
    pipelineId: base.pipelineId,
    revisionId: revision.id,
    document: readStoredDocument(revision.document),
    inputs: input.inputs,
    userId: member.userId,
  });
  return { runId };
});
