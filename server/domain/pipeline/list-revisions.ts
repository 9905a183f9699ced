import { settledOrSaved } from "@/server/domain/revision/load-draft";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./pipeline.types";

/** Versions that a list offers: the latest. */
const most = 100;

/** The frozen versions of a pipeline, last kept first: when, by whom and why, and which of them is live. */
export const listRevisions = viewerProcedure.input(byIdInput).query(async ({ ctx, input: { id } }) => {
  const { prisma } = ctx.database;
  const { workspaceId } = ctx;
  const own = { pipelineId: id, workspaceId };
  const pipeline = await prisma.pipeline.findFirst({
    where: { id, workspaceId, deletedAt: null },
    select: { id: true, graphHash: true, document: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const draft = await settledOrSaved(ctx.database, workspaceId, pipeline);
  const [revisions, live] = await Promise.all([
    prisma.revision.findMany({
      where: own,
      orderBy: [{ keptAt: "desc" }, { number: "desc" }],
      take: most,
      select: {
        id: true,
        number: true,
        createdAt: true,
        keptAt: true,
        reason: true,
        note: true,
        userId: true,
        graphHash: true,
      },
    }),
    prisma.deployment.findFirst({
      where: { ...own, environment: "production", active: true },
      select: { revisionId: true },
    }),
  ]);
  const ids = revisions.flatMap(({ userId }) => (userId === null ? [] : [userId]));
  const members = await prisma.membership.findMany({
    where: { workspaceId, userId: { in: [...new Set(ids)] } },
    select: { userId: true, user: { select: { name: true } } },
  });
  const names = new Map(members.map(({ userId, user }) => [userId, user.name]));
  return {
    revisions: revisions.map(({ userId, graphHash, ...revision }) => ({
      ...revision,
      /** null where nobody is known to have kept it, or they have left. */
      by: userId === null ? null : (names.get(userId) ?? null),
      /** It does just what the saved draft does. */
      isDraft: graphHash === draft.graphHash,
    })),
    liveId: live?.revisionId ?? null,
  };
});
