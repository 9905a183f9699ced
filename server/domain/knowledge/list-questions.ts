import { viewerProcedure } from "@/server/platform/trpc/procedures";
import { findBase } from "./find-base";
import { byIdInput, type KnowledgeQuestionItem } from "./knowledge.types";

export const listQuestions = viewerProcedure.input(byIdInput).query(async ({ ctx, input }) => {
  const { database, workspaceId } = ctx;
  await findBase(database, workspaceId, input.id);
  const items: KnowledgeQuestionItem[] = await database.prisma.knowledgeQuestion.findMany({
    where: { workspaceId, knowledgeBaseId: input.id },
    select: { id: true, question: true, answers: true },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return { items };
});
