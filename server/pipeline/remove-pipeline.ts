import { recordAudit } from "@/server/audit/record-audit";
import { deploymentChanged } from "@/server/deployment/find-deployment";
import { notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { byIdInput } from "./pipeline.types";

/** Puts a pipeline aside with everything it owns. Its published address stops answering; restoring does not publish it again. */
export const removePipeline = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const stopped = await database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.pipeline.updateMany({
      where: { id, workspaceId, deletedAt: null },
      data: { deletedAt: new Date() },
    });
    if (count === 0) throw notFound("pipeline");
    await recordAudit({ prisma }, { member, action: "pipeline.remove", subject: `pipeline:${id}` });
    return prisma.deployment.updateManyAndReturn({
      where: { pipelineId: id, workspaceId, active: true },
      data: { active: false },
      select: { slug: true },
    });
  });
  for (const { slug } of stopped) deploymentChanged(slug);
  return { id };
});
