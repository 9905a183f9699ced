import { notFound } from "@/server/guard/application-error";
import { viewerProcedure } from "@/server/trpc";
import { byIdInput } from "./pipeline.types";

/** Versions that a list offers: the latest. */
const most = 100;

/** The frozen versions of a pipeline, latest first; which of them is live. */
export const listRevisions = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { prisma } = ctx.database;
  const own = { pipelineId: id, workspaceId: ctx.workspaceId };
  const pipeline = await prisma.pipeline.findFirst({
    where: { id, workspaceId: ctx.workspaceId, deletedAt: null },
    select: { id: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const [revisions, live] = await Promise.all([
    prisma.revision.findMany({
      where: own,
      orderBy: { number: "desc" },
      take: most,
      select: { id: true, number: true, createdAt: true },
    }),
    prisma.deployment.findFirst({ where: { ...own, active: true }, select: { revisionId: true } }),
  ]);
  return { revisions, liveId: live?.revisionId ?? null };
});
