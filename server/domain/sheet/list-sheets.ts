import { jobStatuses } from "@/server/domain/experiment/experiment-item";
import { literalPattern } from "@/server/platform/db/like-pattern";
import { notFound } from "@/server/platform/guard/application-error";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./sheet.types";
import { itemFields, sheetItem } from "./sheet-item";

/** Latest first. */
export const listSheets = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  const { prisma } = database;
  const { pipelineId, query } = input;
  if (pipelineId !== undefined) {
    const own = { id: pipelineId, workspaceId };
    if ((await prisma.pipeline.findFirst({ where: own, select: { id: true } })) === null) throw notFound("pipeline");
  }
  const after = readCursor(input.cursor);
  const rows = await prisma.sheet.findMany({
    where: {
      workspaceId,
      ...(pipelineId && { pipelineId }),
      ...(query && { name: { contains: literalPattern(query), mode: "insensitive" } }),
      ...behind("createdAt", after),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
    select: itemFields,
  });
  const statuses = await jobStatuses(database, workspaceId, rows);
  return pageOf(
    rows.map((row) => sheetItem(row, statuses)),
    input.limit,
    ({ createdAt, id }) => ({ at: createdAt, id }),
  );
});
