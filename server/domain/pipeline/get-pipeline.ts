import { settledOrSaved } from "@/server/domain/revision/load-draft";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./pipeline.types";

const deploymentFields = { revision: { select: { number: true, graphHash: true } } } as const;

/** A pipeline with its draft, ready to be edited, with the versions that its steps run now. */
export const getPipeline = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const pipeline = await ctx.database.prisma.pipeline.findFirst({
    where: { id: input.id, workspaceId: ctx.workspaceId, deletedAt: null },
    include: { deployments: { orderBy: { publishedAt: "desc" }, take: 1, include: deploymentFields } },
  });
  if (pipeline === null) throw notFound("pipeline");
  const { id, name, templateId, revision, updatedAt, sampleInputs } = pipeline;
  const { document, graphHash } = await settledOrSaved(ctx.database, ctx.workspaceId, pipeline);
  const [deployment] = pipeline.deployments;
  return {
    id,
    name,
    templateId,
    revision,
    graphHash,
    updatedAt,
    document,
    sampleInputs: sampleInputs as Readonly<Record<string, unknown>>,
    deployment: deployment
      ? {
          id: deployment.id,
          slug: deployment.slug,
          active: deployment.active,
          revisionNumber: deployment.revision.number,
          graphHash: deployment.revision.graphHash,
        }
      : null,
  };
});
