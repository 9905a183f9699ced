import { notFound } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { byIdInput } from "./knowledge.types";

export const removeQuestion = editorProcedure.input(byIdInput).mutation(async ({ ctx, input: { id } }) => {
  const { count } = await ctx.database.prisma.knowledgeQuestion.deleteMany({
    where: { id, workspaceId: ctx.workspaceId },
  });
  if (count === 0) throw notFound("question");
  return { id };
});
