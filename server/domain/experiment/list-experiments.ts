import { literalPattern } from "@/server/platform/db/like-pattern";
import { notFound } from "@/server/platform/guard/application-error";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./experiment.types";
import { experimentItem, itemFields, jobStatuses } from "./experiment-item";

/** Latest first. */
export const listExperiments = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const { prisma } = database;
  const own = (id: string) => ({ where: { id, workspaceId }, select: { id: true } });
  if (input.pipelineId !== undefined && (await prisma.pipeline.findFirst(own(input.pipelineId))) === null)
    throw notFound("pipeline");
  if (input.datasetId !== undefined && (await prisma.dataset.findFirst(own(input.datasetId))) === null)
    throw notFound("dataset");
  const after = readCursor(input.cursor);
  const rows = await prisma.experiment.findMany({
    where: {
      workspaceId,
      ...(input.pipelineId ? { pipelineId: input.pipelineId } : {}),
      ...(input.datasetId ? { datasetVersion: { datasetId: input.datasetId } } : {}),
      ...(input.query ? { name: { contains: literalPattern(input.query), mode: "insensitive" } } : {}),
      ...behind("createdAt", after),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: itemFields,
  });
  const statuses = await jobStatuses(database, workspaceId, rows);
  return pageOf(
    rows.map((row) => experimentItem(row, statuses)),
    input.limit,
    ({ createdAt, id }) => ({ at: createdAt, id }),
  );
});
