import type { GraphDocument } from "@/runtime/graph/document";
import { applyOverrides } from "@/runtime/graph/overrides";
import { startCheck } from "@/server/domain/gate/start-check";
import { findPrompt } from "@/server/domain/prompt/find-prompt";
import { keepVersion } from "@/server/domain/prompt/save-version";
import { compileOrRefuse } from "@/server/domain/revision/compile-or-refuse";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { readDocument } from "@/server/domain/revision/read-document";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { heldBy, holderOf, settlePrompts } from "@/server/domain/revision/settle-prompts";
import { excerptOf } from "@/server/domain/run/excerpt";
import { readRunLog } from "@/server/domain/run-log/read-run-log";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { baseOf, freezeBase } from "./base-of";
import { createInput, type ProposedCase, type ProposedPrompt, proposalLimits } from "./proposal.types";
import { type Changes, readChanges, trialOverrides, wordsHash } from "./read-changes";
import { answerText } from "./run-answer";

/**
 * Proposes changes of open settings. Words of a library's prompt become an ordinary version of it first; the whole becomes a version of the pipeline, and the pipeline's gate begins to look at
 * it. Nothing that is live moves.
 */
export const createProposal = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const { pipelineId, note } = input;
  const base = await baseOf(database, workspaceId, pipelineId);
  const changes = await readChanges(database, workspaceId, base, input.changes);
  if (changes.fields.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "Nothing differs from what is there now.", {
      reason: "input-invalid",
      hint: "Change something, try it, then propose it.",
    });
  }
  if ((await prisma.proposal.count({ where: { workspaceId, pipelineId, state: "open" } })) >= proposalLimits.open) {
    throw new ApplicationError("BAD_REQUEST", `${proposalLimits.open} proposals wait for a decision already.`, {
      reason: "limit-reached",
      hint: "Decide on some of them, or withdraw your own.",
    });
  }
  // Before a version is made of it: what cannot run is proposed by nobody.
  const trial = applyOverrides(base.document, await trialOverrides(database, workspaceId, base.document, changes));
  if (!trial.ok) throw notFound("step");
  compileOrRefuse(readDocument(trial.value).document, "it can be proposed");
  const tried = wordsHash(trial.value);
  const cases = await readCases(database, workspaceId, {
    pipelineId,
    cases: input.cases,
    before: wordsHash(base.document),
    after: tried,
  });
  const wrong = input.wrong;
  if (wrong !== undefined && (await prisma.run.count({ where: { id: wrong.runId, workspaceId, pipelineId } })) === 0)
    throw notFound("run");
  const baseRevision = await freezeBase(database, workspaceId, base, member.userId);
  const prompt = await keepPrompt(database, workspaceId, member, changes, note);
  const document = await proposedDocument(database, workspaceId, base.document, changes, prompt);
  const revision = await freezeRevision(
    database,
    { id: pipelineId, workspaceId, ...readDocument(document) },
    { reason: "variant", userId: member.userId, note },
  );
  const { id } = await prisma.proposal.create({
    data: {
      workspaceId,
      pipelineId,
      note,
      userId: member.userId,
      changes: changes.fields as object[],
      ...(prompt === null ? {} : { prompt: prompt as object }),
      cases: cases as object[],
      baseRevisionId: baseRevision.id,
      revisionId: revision.id,
    },
    select: { id: true },
  });
  if (wrong !== undefined) {
    const said = { rating: "bad", correction: wrong.correction, userId: member.userId };
    await prisma.runFeedback.upsert({
      where: { runId: wrong.runId, workspaceId },
      create: { runId: wrong.runId, workspaceId, ...said },
      update: said,
    });
  }
  await recordAudit(database, {
    member,
    action: "proposal.create",
    subject: `proposal:${id}`,
    data: { pipeline: pipelineId, fields: changes.fields.length },
  });
  const gate = await prisma.gate.findFirst({ where: { pipelineId, workspaceId, enabled: true } });
  let refused: string | null = null;
  if (gate !== null) {
    // The proposal stands either way; that its gate cannot look yet is said where it is read.
    await startCheck(database, gate, revision.id, member.userId).catch((error: unknown) => {
      if (!(error instanceof ApplicationError)) throw error;
      refused = error.message;
    });
  }
  return { id, refused };
});

/** The prompt's new words as a version of their own; null where none was changed. */
const keepPrompt = async (
  database: Database,
  workspaceId: string,
  member: Parameters<typeof keepVersion>[2],
  { prompt }: Changes,
  note: string,
): Promise<ProposedPrompt | null> => {
  if (prompt === null) return null;
  const { promptId, slug, label, version: parent, content } = prompt;
  return database.prisma.$transaction(async (prisma) => {
    const { newest } = await findPrompt(prisma, workspaceId, promptId);
    const versionNote = note.slice(0, 500).toWellFormed();
    const { number } = await keepVersion(prisma, workspaceId, member, {
      id: promptId,
      parent,
      newest,
      content,
      note: versionNote,
    });
    return { promptId, slug, label, parent, number };
  });
};

/** The base with the settings, and with the prompt's version as if its label had moved. */
const proposedDocument = async (
  database: Database,
  workspaceId: string,
  base: GraphDocument,
  { own }: Changes,
  prompt: ProposedPrompt | null,
): Promise<GraphDocument> => {
  const laid = applyOverrides(
    base,
    own.map(({ node, field, after }) => ({ nodeId: node, config: { [field]: after } })),
  );
  if (!laid.ok) throw notFound("step");
  if (prompt === null) return laid.value;
  const { promptId, label, parent, number } = prompt;
  if (label !== "")
    return settlePrompts(database.prisma, workspaceId, laid.value, { assumed: { promptId, label, version: number } });
  return settlePrompts(database.prisma, workspaceId, withVersion(laid.value, { promptId, parent, number }));
};

/** The document in which steps that hold that version by its number hold the other one. */
export const withVersion = (
  document: GraphDocument,
  { promptId, parent, number }: Pick<ProposedPrompt, "promptId" | "parent" | "number">,
): GraphDocument => ({
  ...document,
  nodes: document.nodes.map((node) => {
    const held = heldBy(node.type, node.config);
    const holder = holderOf(node.type);
    if (held === null || holder === null || held.reference !== promptId) return node;
    if (held.label !== "" || held.version !== parent) return node;
    return { ...node, config: { ...node.config, [holder.field]: { ...held, version: number } as never } };
  }),
});

interface CasesToRead {
  readonly pipelineId: string;
  readonly cases: readonly { readonly wanted: string; readonly before: string | null; readonly after: string | null }[];
  /** `wordsHash` of what answers of either side must have been made with. */
  readonly before: string;
  readonly after: string;
}

/** What was answered in the runs that were looked at. A run of other words is refused: it would show what nobody proposes. */
const readCases = async (
  database: Database,
  workspaceId: string,
  { pipelineId, cases, ...hashes }: CasesToRead,
): Promise<ProposedCase[]> => {
  const read: ProposedCase[] = [];
  for (const { wanted, before, after } of cases) {
    const sides = { before, after };
    const shown: Pick<ProposedCase, "before" | "after"> & { asked: string } = { asked: "", before: null, after: null };
    for (const side of ["before", "after"] as const) {
      const runId = sides[side];
      if (runId === null) continue;
      const run = await database.prisma.run.findFirst({
        where: { id: runId, workspaceId, pipelineId },
        select: { status: true, revision: { select: { document: true } } },
      });
      if (run === null) throw notFound("run");
      if (wordsHash(readStoredDocument(run.revision.document)) !== hashes[side]) {
        throw new ApplicationError("CONFLICT", "An answer was made with other words than are there now.", {
          reason: "input-invalid",
          hint: "Try the cases again, then propose.",
        });
      }
      const events = await readRunLog(database, runId);
      const [first] = events;
      if (first?.type === "run-start") shown.asked = excerptOf(first.inputs);
      shown[side] = { runId, status: run.status, text: answerText(events) };
    }
    if (shown.before !== null || shown.after !== null) read.push({ ...shown, wanted });
  }
  return read;
};
