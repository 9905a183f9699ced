import { literalPattern } from "@/server/platform/db/like-pattern";
import { behind, pageOf, readCursor } from "@/server/platform/guard/page-of";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { listInput } from "./training-set.types";
import { trainingSetItem } from "./training-set-row";

/** Latest first. */
export const listTrainingSets = viewerProcedure.input(listInput).query(async ({ ctx, input }) => {
  const after = readCursor(input.cursor);
  const rows = await ctx.database.prisma.trainingSet.findMany({
    where: {
      workspaceId: ctx.workspaceId,
      ...(input.query && { name: { contains: literalPattern(input.query), mode: "insensitive" } }),
      ...behind("createdAt", after),
    },
    orderBy: [{ createdAt: "desc" }, { id: "desc" }],
    take: input.limit + 1,
  });
  return pageOf(rows.map(trainingSetItem), input.limit, ({ createdAt, id }) => ({ at: createdAt, id }));
});
