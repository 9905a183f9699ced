import { planOfRevision } from "@/server/domain/revision/plan-of-revision";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { rollBackInput } from "./deployment.types";
import { deploymentChanged } from "./find-deployment";
import { putLive } from "./put-live";

/**
 * Lets a version that has been live here before go live again, back or forth, at once: no gate is asked, for it has been live, and whoever goes back has no time. The draft
 * stays as it is.
 */
export const rollBack = editorProcedure.input(rollBackInput).mutation(async ({ ctx, input }) => {
  const { database, member, workspaceId } = ctx;
  const { id, revisionId, liveId, note } = input;
  const deployment = await database.prisma.deployment.findFirst({
    where: { id, workspaceId, pipeline: { deletedAt: null } },
    select: {
      id: true,
      slug: true,
      environment: true,
      pipelineId: true,
      revisionId: true,
      revision: { select: { number: true } },
    },
  });
  if (deployment === null) throw notFound("deployment");
  const { slug, environment, pipelineId, revision: from } = deployment;
  const past = await database.prisma.deploymentChange.findFirst({
    where: { deploymentId: id, workspaceId, revisionId },
    select: { revision: { select: { number: true } } },
  });
  if (past === null) throw notFound("version");
  if (revisionId === deployment.revisionId)
    throw new ApplicationError("CONFLICT", "This version is live already.", { reason: "live-changed" });
  const compiled = await planOfRevision(database, revisionId);
  if (!compiled.ok)
    throw new ApplicationError("BAD_REQUEST", `Version ${past.revision.number} can no longer run.`, {
      reason: "graph-invalid",
      diagnostics: compiled.error,
    });
  await putLive(database, {
    workspaceId,
    pipelineId,
    slug,
    revisionId,
    reason: "roll-back",
    environment,
    note,
    userId: member.userId,
    former: { id, slug, revisionId: liveId },
  });
  await deploymentChanged(slug);
  await recordAudit(database, {
    member,
    action: "deployment.roll-back",
    subject: `deployment:${id}`,
    data: { slug, from: from.number, revision: past.revision.number },
  });
  return { id, number: past.revision.number };
});
