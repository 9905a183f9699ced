import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { startIndexing } from "./index/start-indexing";
import { byIdInput } from "./knowledge.types";

/** Indexes a document again that failed before; one that did not is made anew too. */
export const retryDocument = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { knowledgeBaseId } = await findDocument(database, workspaceId, id);
  const data = { status: "waiting", errorCode: null, errorMessage: null } as const;
  await database.prisma.knowledgeDocument.updateMany({ where: { id, workspaceId }, data });
  return { jobId: await startIndexing(database, { workspaceId, userId: member.userId }, knowledgeBaseId) };
});
