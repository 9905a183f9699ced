import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findDocument } from "./find-base";
import { forgetUnusedWords, removeChunks } from "./index/write-chunks";
import { byIdInput } from "./knowledge.types";
import { removeUnusedFiles } from "./remove-unused-files";

/** A document with its text and passages, the words that only it had, and its file where nothing else uses it. */
export const removeDocument = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { knowledgeBaseId, fileId, name } = await findDocument(database, workspaceId, id);
  await removeChunks(database, id);
  await database.prisma.$transaction(async (prisma) => {
    await prisma.knowledgeDocument.deleteMany({ where: { id, workspaceId } });
    await prisma.knowledgeBase.update({ where: { id: knowledgeBaseId }, data: { updatedAt: new Date() } });
    const subject = `knowledge-base:${knowledgeBaseId}` as const;
    await recordAudit({ prisma }, { member, action: "knowledge.removeDocument", subject, data: { name } });
  });
  await forgetUnusedWords(database, knowledgeBaseId);
  if (fileId !== null) await removeUnusedFiles(database, workspaceId, [fileId]);
  return { id };
});
