import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { cacheStateInput } from "./answer-cache.types";

/** Lets go what the steps of a pipeline keep; the figures of the days stay. */
export const clearCache = editorProcedure.input(cacheStateInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const { pipelineId, deploymentId, step } = input;
  const own = { id: pipelineId, workspaceId };
  if ((await database.prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null)
    throw notFound("pipeline");
  const { count } = await database.prisma.cachedAnswer.deleteMany({
    where: {
      workspaceId,
      pipelineId,
      ...(deploymentId !== undefined && { owner: `deployment:${deploymentId}` }),
      ...(step !== undefined && { step }),
    },
  });
  const data = { answers: count, step: step ?? "", deployment: deploymentId ?? "" };
  await recordAudit(database, { member, action: "answer-cache.clear", subject: `pipeline:${pipelineId}`, data });
  return { count };
});
