import { viewerProcedure } from "@/server/trpc";

export const getWorkspace = viewerProcedure.query(async ({ ctx }) => {
  const { id, name, defaultChatModel, defaultEmbeddingModel } = await ctx.database.prisma.workspace.findUniqueOrThrow({
    where: { id: ctx.workspaceId },
  });
  return { id, name, defaultChatModel, defaultEmbeddingModel, role: ctx.member.role };
});
