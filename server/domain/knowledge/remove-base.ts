import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findBase } from "./find-base";
import { noGeneration, removeGenerations } from "./index/put-in-use";
import { stopJobs } from "./index/stop-jobs";
import { dropAllIndexes } from "./index/vector-index";
import { byIdInput } from "./knowledge.types";
import { removeUnusedFiles } from "./remove-unused-files";

/** A base with its documents, passages, words, questions and jobs, and the files that nothing else uses. */
export const removeBase = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { database, workspaceId, member } = ctx;
  const { prisma } = database;
  const base = await findBase(database, workspaceId, id);
  await stopJobs(database, workspaceId, id);
  const documents = await prisma.knowledgeDocument.findMany({
    where: { knowledgeBaseId: id },
    select: { id: true, fileId: true },
  });
  // Small statements first: the rest then goes in one, and nobody waits long for the database.
  await removeGenerations(database, id, noGeneration);
  await prisma.$transaction(async (transaction) => {
    await transaction.knowledgeBase.delete({ where: { id } });
    await recordAudit(
      { prisma: transaction },
      { member, action: "knowledge.remove", subject: `knowledge-base:${id}`, data: { name: base.name } },
    );
  });
  await dropAllIndexes(database, id);
  await removeUnusedFiles(
    database,
    workspaceId,
    documents.flatMap(({ fileId }) => fileId ?? []),
  );
  return { id };
});
