import { notFound } from "@/server/guard/application-error";
import { pageOf, readCursor } from "@/server/guard/page-of";
import { viewerProcedure } from "@/server/trpc";
import { listInput } from "./run.types";
import { runFields, runListItem } from "./run-row";

/** Latest first. */
export const listRuns = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  if (input.pipelineId !== undefined) {
    const own = { id: input.pipelineId, workspaceId: ctx.workspaceId };
    if ((await prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null) throw notFound("pipeline");
  }
  const after = readCursor(input.cursor);
  const rows = await prisma.run.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(input.pipelineId && { pipelineId: input.pipelineId }),
      ...(input.status && { status: input.status }),
      ...(after && { OR: [{ startedAt: { lt: after.at } }, { startedAt: after.at, id: { lt: after.id } }] }),
    },
    orderBy: [{ startedAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: runFields,
  });
  return pageOf(rows.map(runListItem), input.limit, ({ startedAt, id }) => ({ at: startedAt, id }));
});
