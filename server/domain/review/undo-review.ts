import { editorProcedure } from "@/server/platform/trpc/procedures";
import { openReview } from "./open-review";
import { undoInput } from "./review.types";

/** Takes back what this reviewer said last; null where nothing was said. */
export const undoReview = editorProcedure.input(undoInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  await openReview(database, workspaceId, input);
  const { prisma } = database;
  const last = await prisma.reviewAnswer.findFirst({
    where: { experimentId: input.id, workspaceId, scorerId: input.scorerId, reviewer: `user:${member.userId}` },
    orderBy: [{ updatedAt: "desc" }, { id: "desc" }],
    select: { id: true },
  });
  if (last !== null) await prisma.reviewAnswer.deleteMany({ where: { id: last.id, workspaceId } });
  return { undone: last !== null };
});
