import { recordAudit } from "@/server/audit/record-audit";
import { notFound } from "@/server/guard/application-error";
import { editorProcedure } from "@/server/trpc";
import { byIdInput } from "./pipeline.types";

/** Puts a pipeline aside with everything it owns. Its published address stops answering; restoring does not publish it again. */
export const removePipeline = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  await ctx.database.prisma.$transaction(async (prisma) => {
    const { count } = await prisma.pipeline.updateMany({
      where: { id, workspaceId: ctx.workspaceId, deletedAt: null },
      data: { deletedAt: new Date() },
    });
    if (count === 0) throw notFound("pipeline");
    await prisma.deployment.updateMany({
      where: { pipelineId: id, workspaceId: ctx.workspaceId, active: true },
      data: { active: false },
    });
    await recordAudit({ prisma }, { member: ctx.member, action: "pipeline.remove", subject: `pipeline:${id}` });
  });
  return { id };
});
