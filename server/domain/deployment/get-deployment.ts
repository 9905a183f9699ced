import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byPipelineInput } from "./deployment.types";
import { viewDeployment } from "./deployment-view";

export const getDeployment = viewerProcedure.input(byPipelineInput).query(async ({ ctx, input }) => {
  const own = { id: input.pipelineId, workspaceId: ctx.workspaceId };
  const pipeline = await ctx.database.prisma.pipeline.findFirst({ where: own, select: { id: true } });
  if (pipeline === null) throw notFound("pipeline");
  return viewDeployment(ctx.database, ctx.workspaceId, pipeline.id, input.environment);
});
