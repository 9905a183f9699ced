import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { findBase } from "./find-base";
import { knowledgeLimits, questionInput } from "./knowledge.types";

export const addQuestion = editorProcedure.input(questionInput).mutation(async ({ ctx, input }) => {
  const { prisma } = ctx.database;
  const { id: knowledgeBaseId, question, answers } = input;
  await findBase(ctx.database, ctx.workspaceId, knowledgeBaseId);
  if ((await prisma.knowledgeQuestion.count({ where: { knowledgeBaseId } })) >= knowledgeLimits.questions) {
    throw new ApplicationError(
      "BAD_REQUEST",
      `A knowledge base holds at most ${knowledgeLimits.questions} questions.`,
      {
        reason: "limit-reached",
        hint: "Remove questions that tell nothing new.",
      },
    );
  }
  const data = { workspaceId: ctx.workspaceId, knowledgeBaseId, question, answers };
  return prisma.knowledgeQuestion.create({ data, select: { id: true } });
});
