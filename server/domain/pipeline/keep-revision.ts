import { freezeRevision } from "@/server/domain/revision/freeze-revision";
import { readStoredDocument } from "@/server/domain/revision/read-stored-document";
import { ApplicationError, notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { keepInput } from "./pipeline.types";

/** Keeps the saved draft as a version, under a person's words or before another one takes its place. */
export const keepRevision = editorProcedure.input(keepInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  const pipeline = await database.prisma.pipeline.findFirst({
    where: { id: input.id, workspaceId, deletedAt: null },
    select: { id: true, revision: true, updatedAt: true, graphHash: true, document: true },
  });
  if (pipeline === null) throw notFound("pipeline");
  const { id, revision, updatedAt, graphHash } = pipeline;
  if (revision !== input.revision) {
    throw new ApplicationError("CONFLICT", "This pipeline was changed elsewhere since you opened it.", {
      reason: "stale-revision",
      hint: "Load the newer version, then keep it.",
      conflict: { revision, updatedAt },
    });
  }
  const document = readStoredDocument(pipeline.document);
  const cause = { reason: input.why, userId: member.userId, note: input.note };
  return freezeRevision(database, { id, workspaceId, graphHash, document }, cause);
});
