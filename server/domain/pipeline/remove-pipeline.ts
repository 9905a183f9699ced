import { deploymentChanged } from "@/server/domain/deployment/find-deployment";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { removeInput } from "./pipeline.types";

/**
 * Puts a pipeline aside with everything it owns. Its address stops answering at once, and stays its own: restoring brings the API back as it was.
 * One that is live is removed only where the caller says that this is known.
 */
export const removePipeline = editorProcedure.input(removeInput).mutation(async ({ ctx, input: { id, stopsApi } }) => {
  const { database, workspaceId, member } = ctx;
  const stopped = await database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.pipeline.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: { deletedAt: new Date() },
    });
    if (count === 0) throw notFound("pipeline");
    const live = await prisma.deployment.findMany({
      where: { pipelineId: id, workspaceId, active: true },
      select: { slug: true },
    });
    if (live.length > 0 && !stopsApi) {
      throw new ApplicationError(
        "PRECONDITION_FAILED",
        "This pipeline is live: programs that call it would get no answer.",
        {
          reason: "is-live",
          hint: "Look at who calls it, then say that its API may stop.",
        },
      );
    }
    await recordAudit(
      { prisma },
      {
        member,
        action: "pipeline.remove",
        subject: `pipeline:${id}`,
        data: live[0] === undefined ? {} : { slug: live[0].slug },
      },
    );
    return live;
  });
  await Promise.all(stopped.map(({ slug }) => deploymentChanged(slug)));
  return { id };
});
