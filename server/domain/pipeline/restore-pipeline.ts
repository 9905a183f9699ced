import { deploymentChanged } from "@/server/domain/deployment/find-deployment";
import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./pipeline.types";
import { refuseBeyondLimit } from "./refuse-beyond-limit";

/** Takes a removed pipeline back, with its API as it was: same address, version and state. One that is not removed stays as it is. */
export const restorePipeline = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  await refuseBeyondLimit(ctx.database, ctx.workspaceId);
  const live = await ctx.database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.pipeline.updateMany({
      where: { id, workspaceId: ctx.workspaceId },
      data: { deletedAt: null },
    });
    if (count === 0) throw notFound("pipeline");
    await recordAudit({ prisma }, { member: ctx.member, action: "pipeline.restore", subject: `pipeline:${id}` });
    return prisma.deployment.findMany({
      where: { pipelineId: id, workspaceId: ctx.workspaceId, active: true },
      select: { slug: true },
    });
  });
  await Promise.all(live.map(({ slug }) => deploymentChanged(slug)));
  return { id, slug: live[0]?.slug ?? null };
});
