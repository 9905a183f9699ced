import type { Prisma } from "@/generated/prisma/client";
import { setUpProblem } from "@/runtime/eval/contract/set-up-problem";
import { findScorer } from "@/runtime/eval/scorers/catalog";
import { checkScorers } from "@/runtime/eval/scorers/check-scorers";
import { diffDocuments } from "@/runtime/graph/diff";
import { findDataset } from "@/server/domain/dataset/find-dataset";
import { columnsOf } from "@/server/domain/dataset/row-of";
import { setUpRefusal } from "@/server/domain/experiment/set-up-refusal";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { requireDraft } from "@/server/domain/revision/load-draft";
import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { requireRevision } from "@/server/domain/revision/require-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure, viewerProcedure } from "@/server/platform/trpc/procedures";
import { byPipelineInput, checkInput, type GateStatus, setGateInput } from "./gate.types";
import { currentCheck, liveRevisionOf, storedGateSpec } from "./gate-state";
import { settleCheck } from "./settle-check";
import { startCheck } from "./start-check";

const findGate = ({ prisma }: Database, workspaceId: string, pipelineId: string) =>
  prisma.gate.findFirst({
    where: { pipelineId, workspaceId },
    include: { dataset: { select: { id: true, name: true } } },
  });

/** The pipeline's gate, what its latest check of the draft says, and what going live would change. */
export const getGate = viewerProcedure.input(byPipelineInput).query(async ({ ctx, input }): Promise<GateStatus> => {
  const { database, workspaceId } = ctx;
  const pipeline = await requireDraft(database, workspaceId, input.pipelineId);
  const [gate, live] = await Promise.all([
    findGate(database, workspaceId, pipeline.id),
    liveRevisionOf(database, workspaceId, pipeline.id),
  ]);
  const liveRevision =
    live === null ? null : await database.prisma.revision.findFirst({ where: { id: live, workspaceId } });
  const diff =
    liveRevision === null ? null : diffDocuments(readStoredDocument(liveRevision.document), pipeline.document);
  if (gate === null) return { gate: null, open: true, reason: null, check: null, diff };
  const { id, enabled, dataset } = gate;
  const view = { id, enabled, dataset, spec: storedGateSpec(gate) };
  const isLive = liveRevision?.graphHash === pipeline.graphHash;
  const revision = await database.prisma.revision.findUnique({
    where: { pipelineId_graphHash: { pipelineId: pipeline.id, graphHash: pipeline.graphHash } },
    select: { id: true },
  });
  const rows = await database.prisma.datasetRow.count({ where: { datasetId: dataset.id, workspaceId } });
  const found = revision === null || rows === 0 ? null : await currentCheck(database, gate, revision.id);
  const check = found?.check ? await settleCheck(database, gate, found.check) : null;
  const open = !enabled || isLive || check?.state === "passed";
  const state = check?.state ?? "no-check";
  const reason = open || state === "passed" ? null : state;
  return { gate: view, open, reason, check, diff };
});

/** Sets what a pipeline's versions must show. Checks that were made by the former gate do not count any more. */
export const setGate = editorProcedure.input(setGateInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { pipelineId, datasetId, enabled, spec } = input;
  const draft = await requireDraft(database, workspaceId, pipelineId);
  const dataset = await findDataset(database, workspaceId, datasetId);
  const frozen = await freezeRevision(database, draft, { reason: "gate" });
  const compiled = await planOfRevision(database, frozen.id);
  const outputs = compiled.ok ? compiled.value.outputs.map(({ name }) => name) : null;
  const expected = columnsOf(dataset).flatMap(({ name, role }) => (role === "expected" ? [name] : []));
  const problems = spec.requirements.flatMap(
    ({ metric: primary }) =>
      checkScorers(
        { scorers: spec.scorers, primary },
        { outputs: outputs ?? spec.scorers.flatMap(({ output }) => output ?? []), expected },
      ).problems,
  );
  const waiting = spec.scorers.findIndex(
    ({ type }) => findScorer(type)?.judge === true || findScorer(type)?.asksPerson === true,
  );
  if (waiting >= 0) {
    const message = "Choose a scorer that answers by itself.";
    throw setUpRefusal(
      { [`spec.scorers.${waiting}.type`]: setUpProblem("scorer-waits", message) },
      {
        message: "A gate cannot wait for people, and a judge counts only in the experiment that accepted it.",
        hint: "Choose scorers that answer by themselves.",
      },
    );
  }
  const [problem] = outputs === null ? problems.filter(({ at }) => !at.endsWith(".output")) : problems;
  if (problem !== undefined) throw setUpRefusal({ [`spec.${problem.at}`]: problem });
  const data = { datasetId, enabled, spec: spec as unknown as Prisma.InputJsonObject };
  const gate = await database.prisma.gate.upsert({
    where: { pipelineId, workspaceId },
    create: { workspaceId, pipelineId, ...data },
    update: data,
    select: { id: true },
  });
  await recordAudit(database, {
    member,
    action: "gate.set",
    subject: `pipeline:${pipelineId}`,
    data: { enabled, requirements: spec.requirements.length },
  });
  return gate;
});

export const removeGate = editorProcedure.input(byPipelineInput).mutation(async ({ ctx, input: { pipelineId } }) => {
  const { database, workspaceId, member } = ctx;
  await requireDraft(database, workspaceId, pipelineId);
  await database.prisma.gate.deleteMany({ where: { pipelineId, workspaceId } });
  await recordAudit(database, { member, action: "gate.remove", subject: `pipeline:${pipelineId}` });
  return { pipelineId };
});

/** Checks the saved draft against what is live; resolves with how it stands, not with its end. */
export const checkGate = editorProcedure.input(checkInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const draft = await requireDraft(database, workspaceId, input.pipelineId);
  requireRevision(draft, input.revision, "check it");
  const gate = await findGate(database, workspaceId, draft.id);
  if (gate === null) throw notFound("gate");
  const frozen = await freezeRevision(database, draft, { reason: "gate" });
  return startCheck(database, gate, frozen.id, member.userId);
});
