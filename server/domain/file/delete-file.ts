import type { Database } from "@/server/platform/db/database";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./file.types";
import { removeFile } from "./remove-file";

/** Removes a file. Runs and drafts that refer to it stay, and say that it is no longer stored; what cannot do without it keeps it. */
export const deleteFile = editorProcedure.input(byIdInput).mutation(async ({ ctx, input }) => {
  await refuseWhereNeeded(ctx.database, ctx.workspaceId, input.id);
  if (!(await removeFile(ctx.database, ctx.workspaceId, input.id))) throw notFound("file");
  return { id: input.id };
});

const refuseWhereNeeded = async ({ prisma }: Database, workspaceId: string, fileId: string): Promise<void> => {
  const where = { where: { workspaceId, fileId }, select: { name: true } };
  const [document, rows, version, frozen] = await Promise.all([
    prisma.knowledgeDocument.findFirst(where),
    prisma.trainingSet.findFirst(where),
    prisma.tunedModelVersion.findFirst({
      where: {
        workspaceId,
        OR: [{ weightsFileId: fileId }, { metrics: { path: ["predictionsFileId"], equals: fileId } }],
      },
      select: { number: true, tunedModel: { select: { name: true } } },
    }),
    prisma.datasetVersion.findFirst({
      where: { workspaceId, fileId },
      select: { number: true, dataset: { select: { name: true } } },
    }),
  ]);
  const user = document
    ? `the document "${document.name}" of a knowledge base`
    : rows
      ? `the rows "${rows.name}"`
      : version
        ? `version ${version.number} of the model "${version.tunedModel.name}"`
        : frozen && `version ${frozen.number} of the dataset "${frozen.dataset.name}"`;
  if (!user) return;
  throw new ApplicationError("CONFLICT", `This file belongs to ${user}.`, {
    reason: "in-use",
    hint: "Remove that first; the file goes with it.",
  });
};
