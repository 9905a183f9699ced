import { recordAudit } from "@/server/platform/audit-log/record-audit";
import { ApplicationError } from "@/server/platform/guard/application-error";
import { editorProcedure } from "@/server/platform/trpc/procedures";
import { createInput, knowledgeLimits } from "./knowledge.types";

export const createBase = editorProcedure.input(createInput).mutation(async ({ ctx, input }) => {
  const { database, workspaceId, member } = ctx;
  if ((await database.prisma.knowledgeBase.count({ where: { workspaceId } })) >= knowledgeLimits.bases) {
    throw new ApplicationError("BAD_REQUEST", `A workspace holds at most ${knowledgeLimits.bases} knowledge bases.`, {
      reason: "limit-reached",
      hint: "Remove one that nobody needs, or add the documents to another.",
    });
  }
  return database.prisma.$transaction(async (prisma) => {
    const { id } = await prisma.knowledgeBase.create({ data: { ...input, workspaceId }, select: { id: true } });
    const subject = `knowledge-base:${id}` as const;
    await recordAudit({ prisma }, { member, action: "knowledge.create", subject, data: { name: input.name } });
    return { id };
  });
});
