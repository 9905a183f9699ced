import { catalog } from "@/nodes";
import { compile } from "@/runtime/plan/compile";
import { requireGate } from "@/server/domain/gate/require-gate";
import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { isTaken } from "@/server/platform/db/unique-violation";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { publishInput } from "./deployment.types";
import { viewDeployment } from "./deployment-view";
import { deploymentChanged } from "./find-deployment";
import { putLive } from "./put-live";

const slugTaken = (slug: string): ApplicationError =>
  new ApplicationError("CONFLICT", `The address "${slug}" is taken.`, {
    reason: "name-taken",
    hint: "Choose another one.",
    fields: { slug: "This address is taken." },
  });

/** Freezes the saved draft and serves it under the slug. A pipeline has one deployment: publishing again moves it. */
export const publish = editorProcedure.input(publishInput).mutation(async ({ ctx, input }) => {
  const { database, member, workspaceId } = ctx;
  const { prisma } = database;
  const { slug } = input;
  const pipeline = await prisma.pipeline.findFirst({
    where: { id: input.pipelineId, workspaceId, deletedAt: null },
    include: {
      deployments: { orderBy: { publishedAt: "desc" }, take: 1, select: { id: true, slug: true, revisionId: true } },
    },
  });
  if (pipeline === null) throw notFound("pipeline");
  const { id: pipelineId, revision, updatedAt, graphHash } = pipeline;
  if (revision !== input.revision) {
    throw new ApplicationError("CONFLICT", "This pipeline was changed elsewhere since you opened it.", {
      reason: "stale-revision",
      hint: "Load the newer version, then publish it.",
      conflict: { revision, updatedAt },
    });
  }
  const document = readStoredDocument(pipeline.document);
  const compiled = compile(document, catalog);
  if (!compiled.ok) {
    throw new ApplicationError("BAD_REQUEST", "The pipeline has errors that must be corrected before it can go live.", {
      reason: "graph-invalid",
      diagnostics: compiled.error,
    });
  }
  if (compiled.value.outputs.length === 0) {
    throw new ApplicationError("BAD_REQUEST", "The pipeline has no output, so a caller would get no answer.", {
      reason: "graph-invalid",
      hint: "Add an output node and wire the result into it.",
      diagnostics: [
        {
          code: "output-missing",
          severity: "error",
          message: "The pipeline has no output.",
          hint: "Add an output node and wire the result into it.",
          at: {},
        },
      ],
    });
  }
  const frozen = await freezeRevision(
    database,
    { id: pipelineId, workspaceId, graphHash, document },
    { reason: "publish", userId: member.userId },
  );
  await requireGate(database, workspaceId, pipelineId, frozen.id);
  const [former] = pipeline.deployments;
  try {
    const deployment = await putLive(database, {
      workspaceId,
      pipelineId,
      slug,
      revisionId: frozen.id,
      reason: "publish",
      userId: member.userId,
      former,
    });
    await recordAudit(database, {
      member,
      action: "deployment.publish",
      subject: `deployment:${deployment}`,
      data: { slug, revision: frozen.number },
    });
  } catch (error) {
    if (isTaken(error)) throw slugTaken(slug);
    throw error;
  } finally {
    deploymentChanged(slug);
    if (former !== undefined) deploymentChanged(former.slug);
  }
  const view = await viewDeployment(database, workspaceId, pipelineId);
  if (view === null) throw notFound("deployment");
  return view;
});
