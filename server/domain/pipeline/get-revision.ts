import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { notFound } from "@/server/platform/guard/application-error";
import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { revisionInput } from "./pipeline.types";

/** One frozen version, to be looked at or restored. */
export const getRevision = viewerProcedure.input(revisionInput).query(async ({ ctx, input }) => {
  const { workspaceId } = ctx;
  const revision = await ctx.database.prisma.revision.findFirst({
    where: {
      ...(input.revisionId !== undefined && { id: input.revisionId }),
      ...(input.number !== undefined && { number: input.number }),
      workspaceId,
      pipelineId: input.id,
      pipeline: { deletedAt: null },
    },
    select: { id: true, number: true, document: true },
  });
  if (revision === null) throw notFound("version");
  return { ...revision, document: readStoredDocument(revision.document) };
});
